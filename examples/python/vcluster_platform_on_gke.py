from cdktf import App, TerraformStack
from cdktf_cdktf_provider_google.provider import GoogleProvider
from cdktf_cluster_ports import GcpFirewall, GcpLogging, Peer, PrometheusCostMetricsRule, VClusterPlatformIngressRules
from constructs import Construct


class VClusterPlatformOnGke(TerraformStack):
    """vCluster Platform and Prometheus on the nodes of a private GKE cluster with VPC peering."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        GoogleProvider(self, "google", project="net-host", region="europe-west3")

        # with a Shared VPC, the rules are in the host project
        firewall = GcpFirewall(network="prod", project="net-host", logging=GcpLogging.ALL)

        # the whole /28 of the control plane (master_ipv4_cidr_block), not only the IP address of its endpoint
        kubernetes_api = Peer.named("gke-control-plane", "172.16.0.0/28")

        VClusterPlatformIngressRules(
            self,
            "vcluster-platform",
            kubernetes_api=kubernetes_api,
            platform=firewall.network_tag("vcluster-platform"),  # set in node_config.tags of the node pool
        )
        PrometheusCostMetricsRule(
            self,
            "cost-metrics",
            platform=Peer.address("203.0.113.7"),  # an IP address becomes a /32
            prometheus=firewall.network_tag("prometheus"),
        )


if __name__ == "__main__":
    app = App()
    VClusterPlatformOnGke(app, "vcluster-platform-on-gke")
    app.synth()
