from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cluster_ports import (
    ApinizerDataStoreRules,
    ApinizerGateway,
    ApinizerNodePorts,
    ApinizerService,
    AwsSecurityGroup,
    Egress,
    FlannelBackend,
    KubeadmFlannelClusterRules,
    Peer,
)
from constructs import Construct


class KubeadmApinizerOnAws(TerraformStack):
    """A kubeadm cluster with Flannel, Apinizer and its databases, in new security groups."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        AwsProvider(self, "aws", region="eu-central-1")

        vpc = Vpc(self, "vpc", cidr_block="10.20.0.0/16")

        def group(name: str, egress: Egress) -> AwsSecurityGroup:
            return AwsSecurityGroup(self, name, name=name, vpc_id=vpc.id, egress=egress)

        workers = group("k8s-workers", Egress.ALL)
        ops_vpn = Peer.named("ops-vpn", "10.9.0.0/16")

        KubeadmFlannelClusterRules(
            self,
            "cluster",
            control_plane=group("k8s-control-plane", Egress.ALL),
            workers=workers,
            flannel=FlannelBackend.VXLAN,
            worker_to_worker_flannel=True,  # a supplement: pods on different workers need it
            # a supplement: 10256 of kube-proxy
            health_checkers=Peer.named("load balancer subnets", "10.20.128.0/24"),
        )
        ApinizerNodePorts(
            self,
            "node-ports",
            workers=workers,
            management_console=ApinizerService(clients=ops_vpn),  # 32080
            api_portal=ApinizerService(clients=ops_vpn),  # 30180
            gateways=[
                # 30080; opening it to the world needs a reason
                ApinizerGateway(environment="prod", clients=Peer.any_ipv4("public API")),
                ApinizerGateway(environment="test", clients=Peer.cidr("10.50.0.0/24", "10.51.0.0/24"), port=30081),
            ],
        )
        ApinizerDataStoreRules(
            self,
            "data-stores",
            workers=workers,
            mongodb=group("mongodb", Egress.DOCUMENTED),
            elasticsearch=group("elasticsearch", Egress.DOCUMENTED),
        )


if __name__ == "__main__":
    app = App()
    KubeadmApinizerOnAws(app, "kubeadm-apinizer-on-aws")
    app.synth()
