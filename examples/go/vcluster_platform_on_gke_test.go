package main

import (
	"testing"

	"github.com/aws/jsii-runtime-go"
	ports "github.com/cdktf-cluster-ports/cdktf-cluster-ports-go/cdktfclusterports"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

func TestPermitsWhatTheDocumentsSay(t *testing.T) {
	stack := NewVClusterPlatformOnGke(cdktf.Testing_App(nil), "vcluster-platform-on-gke")
	traffic := ports.PermittedTraffic_OfStack(stack)
	rows := []*ports.ExpectedTraffic{
		{Port: jsii.String("8443/tcp"), From: jsii.String("172.16.0.0/28"), To: jsii.String("tag:vcluster-platform")},
		{Port: jsii.String("9443-9444/tcp"), From: jsii.String("172.16.0.0/28"), To: jsii.String("tag:vcluster-platform")},
		{Port: jsii.String("9090/tcp"), From: jsii.String("203.0.113.7/32"), To: jsii.String("tag:prometheus")},
	}
	if text := *traffic.Differences(&rows).Text; text != "" {
		t.Error(text)
	}
	if text := *traffic.DifferencesFromDocuments(nil).Text; text != "" {
		t.Error(text)
	}
}
