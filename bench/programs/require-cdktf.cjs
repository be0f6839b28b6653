require('cdktf');
