from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.lb_listener import LbListener, LbListenerDefaultAction
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup, LbTargetGroupHealthCheck
from cdktf_cdktf_provider_aws.lb_target_group_attachment import LbTargetGroupAttachment
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cluster_ports import AwsSecurityGroup, ControlPlaneVipRules, Egress
from constructs import Construct

API_SERVER = 6443
CONTROL_PLANES = ["10.20.0.11", "10.20.1.11", "10.20.0.12"]


class ControlPlaneVipOnAws(TerraformStack):
    """Three control planes behind an internal network load balancer with a security group of its own."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        AwsProvider(self, "aws", region="eu-central-1")

        vpc = Vpc(self, "vpc", cidr_block="10.20.0.0/16")
        subnets = [
            Subnet(
                self,
                f"subnet-{zone}",
                vpc_id=vpc.id,
                availability_zone=f"eu-central-1{zone}",
                cidr_block=f"10.20.{index}.0/24",
            ).id
            for index, zone in enumerate(["a", "b"])
        ]

        def group(name: str, egress: Egress) -> AwsSecurityGroup:
            return AwsSecurityGroup(self, name, name=name, vpc_id=vpc.id, egress=egress)

        # not UNMANAGED, because health checks leave through this group too
        virtual_address = group("k8s-api", Egress.DOCUMENTED)
        load_balancer = Lb(
            self,
            "api",
            name="k8s-api",
            load_balancer_type="network",
            internal=True,  # the document rules out external access
            subnets=subnets,
            enable_cross_zone_load_balancing=True,
            # must be set at creation: AWS does not add one later
            security_groups=[virtual_address.security_group_id],
        )
        targets = self._control_planes(vpc)
        LbListener(
            self,
            "listener",
            load_balancer_arn=load_balancer.arn,
            protocol="TCP",
            port=API_SERVER,
            default_action=[LbListenerDefaultAction(type="forward", target_group_arn=targets.arn)],
        )

        ControlPlaneVipRules(
            self,
            "control-plane-vip",
            control_plane=group("k8s-control-plane", Egress.ALL),
            workers=group("k8s-workers", Egress.ALL),
            virtual_address=virtual_address,
        )

    def _control_planes(self, vpc: Vpc) -> LbTargetGroup:
        targets = LbTargetGroup(
            self,
            "control-planes",
            name="k8s-control-planes",
            vpc_id=vpc.id,
            target_type="ip",
            protocol="TCP",
            port=API_SERVER,
            # otherwise a control plane that reaches itself through the load balancer hangs
            preserve_client_ip="false",
            health_check=LbTargetGroupHealthCheck(
                protocol="HTTPS", path="/readyz", matcher="200", interval=10, timeout=5
            ),
        )
        for address in CONTROL_PLANES:
            LbTargetGroupAttachment(
                self,
                f"control-plane-{address}",
                target_group_arn=targets.arn,
                target_id=address,
                port=API_SERVER,
            )
        return targets


if __name__ == "__main__":
    app = App()
    ControlPlaneVipOnAws(app, "control-plane-vip-on-aws")
    app.synth()
