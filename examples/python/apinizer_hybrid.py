from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cluster_ports import (
    ApinizerDataStoreRules,
    ApinizerGateway,
    ApinizerNodePorts,
    AwsSecurityGroup,
    Egress,
    ExternalHosts,
    Peer,
)
from constructs import Construct


class ApinizerHybrid(TerraformStack):
    """Workers on AWS, databases on premises.

    The security group of the workers allows documented flows outbound, and the firewall team is asked to open the
    ports of the databases.
    """

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        AwsProvider(self, "aws", region="eu-central-1")

        vpc = Vpc(self, "vpc", cidr_block="10.20.0.0/16")
        workers = AwsSecurityGroup(
            self,
            "workers",
            name="apinizer-workers",
            vpc_id=vpc.id,
            egress=Egress.DOCUMENTED,
            tags={"team": "integration"},
            ip_ranges=Peer.cidr("10.20.1.0/24"),  # the source in access requests to the firewall team
        )

        ApinizerDataStoreRules(
            self,
            "data-stores",
            workers=workers,
            mongodb=ExternalHosts.named("mongodb-berlin", "10.8.0.0/28"),
            elasticsearch=ExternalHosts.named("elasticsearch-berlin", "10.8.0.16/28"),
        )
        partners = Peer.named("partners", "198.51.100.0/24", "2001:db8:100::/48")
        ApinizerNodePorts(
            self,
            "node-ports",
            workers=workers,
            gateways=[ApinizerGateway(environment="prod", clients=partners)],
        )


if __name__ == "__main__":
    app = App()
    ApinizerHybrid(app, "apinizer-hybrid")
    app.synth()
