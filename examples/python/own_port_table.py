from cdktf import App, TerraformStack
from cdktf_cdktf_provider_google.provider import GoogleProvider
from cdktf_cluster_ports import (
    Basis,
    DocumentedFlow,
    DocumentedPortRules,
    GcpFirewall,
    Peer,
    Port,
    PortRow,
    PortTable,
    Role,
)
from constructs import Construct

# The ports of a container registry, from its own documentation.
REGISTRY = PortTable(
    id="registry",
    title="Ports of the container registry",
    reference="https://wiki.example.com/registry/ports",
    edition="2026-10",
    compared_on="2026-11-21",
    flows=[
        DocumentedFlow(
            source=Role(id="node", title="cluster nodes"),
            destination=Role(id="registry", title="registry servers"),
            rows=[
                PortRow(
                    name="pull",
                    port=Port.tcp(5000),
                    description="Image pulls over HTTPS",
                    section="Ports",
                    protocol_basis=Basis.TABLE,
                )
            ],
        ),
        DocumentedFlow(
            source=Role(id="registry", title="registry servers"),
            destination=Role(id="cache", title="cache servers"),
            rows=[
                PortRow(
                    name="cache",
                    port=Port.parse("6379-6380/tcp"),
                    description="Blob descriptor cache",
                    impact="every pull reads its blobs from storage",
                    section="Ports",
                    protocol_basis=Basis.TABLE,
                    internal=True,  # can never be open to the world
                )
            ],
        ),
    ],
)


class OwnPortTable(TerraformStack):
    """Opens the ports of your own document, with the same checks and descriptions as those of vendors."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        GoogleProvider(self, "google", project="platform-prod", region="europe-west3")

        firewall = GcpFirewall(network="prod", name_prefix="prod-")

        DocumentedPortRules(
            self,
            "registry",
            table=REGISTRY,
            roles={
                "node": Peer.any_of(firewall.network_tag("k8s-worker"), Peer.named("build-farm", "10.30.0.0/20")),
                "registry": firewall.network_tag("registry"),
                "cache": firewall.network_tag("registry-cache"),
            },
        )


if __name__ == "__main__":
    app = App()
    OwnPortTable(app, "own-port-table")
    app.synth()
