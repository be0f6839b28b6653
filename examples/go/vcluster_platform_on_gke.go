package main

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	ports "github.com/cdktf-cluster-ports/cdktf-cluster-ports-go/cdktfclusterports"
	google "github.com/cdktf/cdktf-provider-google-go/google/v16/provider"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// NewVClusterPlatformOnGke has vCluster Platform and Prometheus on the nodes of a private GKE cluster with VPC peering.
func NewVClusterPlatformOnGke(scope constructs.Construct, id string) cdktf.TerraformStack {
	stack := cdktf.NewTerraformStack(scope, &id)
	google.NewGoogleProvider(stack, jsii.String("google"), &google.GoogleProviderConfig{
		Project: jsii.String("net-host"),
		Region:  jsii.String("europe-west3"),
	})

	// with a Shared VPC, the rules are in the host project
	firewall := ports.NewGcpFirewall(&ports.GcpFirewallProps{
		Network: jsii.String("prod"),
		Project: jsii.String("net-host"),
		Logging: ports.GcpLogging_ALL,
	})

	// the whole /28 of the control plane (master_ipv4_cidr_block), not only the IP address of its endpoint
	kubernetesApi := ports.Peer_Named(jsii.String("gke-control-plane"), jsii.String("172.16.0.0/28"))

	ports.NewVClusterPlatformIngressRules(stack, jsii.String("vcluster-platform"), &ports.VClusterPlatformIngressRulesProps{
		KubernetesApi: kubernetesApi,
		Platform:      firewall.NetworkTag(jsii.String("vcluster-platform"), nil), // set in node_config.tags of the node pool
	})
	ports.NewPrometheusCostMetricsRule(stack, jsii.String("cost-metrics"), &ports.PrometheusCostMetricsRuleProps{
		Platform:   ports.Peer_Address(jsii.String("203.0.113.7")), // an IP address becomes a /32
		Prometheus: firewall.NetworkTag(jsii.String("prometheus"), nil),
	})
	return stack
}

func main() {
	app := cdktf.NewApp(nil)
	NewVClusterPlatformOnGke(app, "vcluster-platform-on-gke")
	app.Synth()
}
