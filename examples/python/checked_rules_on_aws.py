from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cluster_ports import (
    AwsEndpoint,
    AwsSecurityGroup,
    KubeadmFlannelClusterRules,
    ReachabilityCheck,
    ReachabilityChecks,
)
from constructs import Construct


class CheckedRulesOnAws(TerraformStack):
    """Checks after each apply, by Reachability Analyzer, that documented flows pass. AWS bills every analysis."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        AwsProvider(self, "aws", region="eu-central-1")

        cluster = KubeadmFlannelClusterRules(
            self,
            "cluster",
            control_plane=AwsSecurityGroup.from_id("sg-0123456789abcdef0"),
            workers=AwsSecurityGroup.from_id("sg-0fedcba9876543210"),
            worker_to_worker_flannel=True,
        )

        worker = AwsEndpoint.from_id("i-0123456789abcdef0")
        control_plane = AwsEndpoint.from_id("i-0fedcba9876543210")
        ReachabilityChecks(
            self,
            "checks",
            rules=cluster,
            checks=[
                ReachabilityCheck(flow="worker>control-plane/api-server", source=worker, destination=control_plane),
                ReachabilityCheck(flow="control-plane>worker/kubelet", source=control_plane, destination=worker),
            ],
            fail_apply=True,
        )


if __name__ == "__main__":
    app = App()
    CheckedRulesOnAws(app, "checked-rules-on-aws")
    app.synth()
