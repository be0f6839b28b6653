"""Tests of a stack with pytest. `UPDATE_SNAPSHOTS=1 pytest` writes the snapshot."""

import json
import os
from pathlib import Path

import pytest
from cdktf import Testing

from vcluster_platform_on_gke import VClusterPlatformOnGke

SNAPSHOT = Path(__file__).parent / "snapshots" / "vcluster-platform-on-gke.json"


@pytest.fixture(scope="module")
def terraform() -> str:
    return Testing.synth(VClusterPlatformOnGke(Testing.app(), "vcluster-platform-on-gke"))


def test_opens_the_documented_ports_only_to_the_control_plane(terraform: str) -> None:
    firewalls = json.loads(terraform)["resource"]["google_compute_firewall"]
    rule = firewalls["firewall_allow-k8s-api-to-vcluster-platform"]
    assert rule["allow"] == [{"protocol": "tcp", "ports": ["8443", "9443", "9444"]}]
    assert rule["source_ranges"] == ["172.16.0.0/28"]
    assert rule["target_tags"] == ["vcluster-platform"]


def test_terraform_is_as_in_the_snapshot(terraform: str) -> None:
    if "UPDATE_SNAPSHOTS" in os.environ:
        SNAPSHOT.write_text(terraform + "\n")
    assert terraform + "\n" == SNAPSHOT.read_text()
