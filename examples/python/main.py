"""All examples as the stacks of one app."""

from cdktf import App

from apinizer_hybrid import ApinizerHybrid
from checked_rules_on_aws import CheckedRulesOnAws
from control_plane_vip_on_aws import ControlPlaneVipOnAws
from kubeadm_apinizer_on_aws import KubeadmApinizerOnAws
from own_port_table import OwnPortTable
from port_table_from_file import PortTableFromFile
from vcluster_platform_on_gke import VClusterPlatformOnGke

if __name__ == "__main__":
    app = App()
    VClusterPlatformOnGke(app, "vcluster-platform-on-gke")
    KubeadmApinizerOnAws(app, "kubeadm-apinizer-on-aws")
    ApinizerHybrid(app, "apinizer-hybrid")
    CheckedRulesOnAws(app, "checked-rules-on-aws")
    OwnPortTable(app, "own-port-table")
    ControlPlaneVipOnAws(app, "control-plane-vip-on-aws")
    PortTableFromFile(app, "port-table-from-file")
    app.synth()
