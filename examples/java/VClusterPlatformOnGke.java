import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.google.provider.GoogleProvider;
import io.github.cdktfclusterports.GcpFirewall;
import io.github.cdktfclusterports.GcpLogging;
import io.github.cdktfclusterports.Peer;
import io.github.cdktfclusterports.PrometheusCostMetricsRule;
import io.github.cdktfclusterports.VClusterPlatformIngressRules;
import software.constructs.Construct;

/** vCluster Platform and Prometheus on the nodes of a private GKE cluster with VPC peering. */
public class VClusterPlatformOnGke extends TerraformStack {
  public VClusterPlatformOnGke(Construct scope, String id) {
    super(scope, id);
    GoogleProvider.Builder.create(this, "google").project("net-host").region("europe-west3").build();

    // with a Shared VPC, the rules are in the host project
    GcpFirewall firewall =
        GcpFirewall.Builder.create().network("prod").project("net-host").logging(GcpLogging.ALL).build();

    // the whole /28 of the control plane (master_ipv4_cidr_block), not only the IP address of its endpoint
    Peer kubernetesApi = Peer.named("gke-control-plane", "172.16.0.0/28");

    VClusterPlatformIngressRules.Builder.create(this, "vcluster-platform")
        .kubernetesApi(kubernetesApi)
        .platform(firewall.networkTag("vcluster-platform")) // set in node_config.tags of the node pool
        .build();
    PrometheusCostMetricsRule.Builder.create(this, "cost-metrics")
        .platform(Peer.address("203.0.113.7")) // an IP address becomes a /32
        .prometheus(firewall.networkTag("prometheus"))
        .build();
  }

  public static void main(String[] arguments) {
    App app = new App();
    new VClusterPlatformOnGke(app, "vcluster-platform-on-gke");
    app.synth();
  }
}
