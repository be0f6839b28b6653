from pathlib import Path

from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cluster_ports import AwsSecurityGroup, DocumentedPortRules, PortTableFile
from constructs import Construct

REGISTRY = Path(__file__).parent.parent / "registry-ports.yaml"


class PortTableFromFile(TerraformStack):
    """Opens the ports of a YAML file. Editors complete and check it by the schema in its first line."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        AwsProvider(self, "aws", region="eu-central-1")

        DocumentedPortRules(
            self,
            "registry",
            table=PortTableFile.load(str(REGISTRY)),
            roles={
                "node": AwsSecurityGroup.from_id("sg-0123456789abcdef0"),
                "registry": AwsSecurityGroup.from_id("sg-0fedcba9876543210"),
            },
        )


if __name__ == "__main__":
    app = App()
    PortTableFromFile(app, "port-table-from-file")
    app.synth()
