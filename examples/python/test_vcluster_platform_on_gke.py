"""Tests of a stack with pytest. `UPDATE_SNAPSHOTS=1 pytest` writes the snapshot."""

import json
import os
from pathlib import Path

import pytest
from cdktf import Testing
from cdktf_cluster_ports import ExpectedTraffic, PermittedTraffic

from vcluster_platform_on_gke import VClusterPlatformOnGke

SNAPSHOT = Path(__file__).parent / "snapshots" / "vcluster-platform-on-gke.json"


@pytest.fixture(scope="module")
def stack() -> VClusterPlatformOnGke:
    return VClusterPlatformOnGke(Testing.app(), "vcluster-platform-on-gke")


@pytest.fixture(scope="module")
def terraform(stack: VClusterPlatformOnGke) -> str:
    return Testing.synth(stack)


def test_permits_exactly_this_traffic_whatever_the_terraform_looks_like(stack: VClusterPlatformOnGke) -> None:
    differences = PermittedTraffic.of_stack(stack).differences(
        [
            ExpectedTraffic(port="8443/tcp", from_="172.16.0.0/28", to="tag:vcluster-platform"),
            ExpectedTraffic(port="9443-9444/tcp", from_="172.16.0.0/28", to="tag:vcluster-platform"),
            ExpectedTraffic(port="9090/tcp", from_="203.0.113.7/32", to="tag:prometheus"),
        ]
    )
    assert differences.text == ""


def test_permits_what_the_documents_say(stack: VClusterPlatformOnGke) -> None:
    assert PermittedTraffic.of_stack(stack).differences_from_documents().text == ""


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
