require('cdktf-cluster-ports');
