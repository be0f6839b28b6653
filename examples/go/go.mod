module example

go 1.25

require (
	github.com/aws/constructs-go/constructs/v10 v10.4.2
	github.com/aws/jsii-runtime-go v1.141.0
	github.com/cdktf-cluster-ports/cdktf-cluster-ports-go/cdktfclusterports v0.1.0
	github.com/cdktf/cdktf-provider-google-go/google/v16 v16.12.1
	github.com/hashicorp/terraform-cdk-go/cdktf v0.21.0
)
