require('cdktf');
require('cdktf-cluster-ports');
