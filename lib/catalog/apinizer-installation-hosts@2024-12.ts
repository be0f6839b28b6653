import { Basis } from '../model/basis';
import type { HostnameTable } from '../model/host-table';
import { Port } from '../model/port';
import {
  DOCKER_IMAGES,
  FLANNEL_IMAGES,
  FLANNEL_MANIFEST,
  GITHUB_CONTENT,
  KUBERNETES_IMAGES,
  MONGODB_COM,
  UBUNTU_MIRRORS,
  UBUNTU_SECURITY,
} from './apinizer-installation-hosts-supplements';

/** Hosts from which an installation of Apinizer on Kubernetes downloads. */
export const APINIZER_INSTALLATION_HOSTS: HostnameTable = {
  id: 'apinizer-installation-hosts',
  title: 'Addresses to Access for Installations',
  reference: 'https://docs.apinizer.com/access-and-port-requirements-for-installation-120522438.html',
  edition: '2024-12',
  checkedFor: ['kubernetes 1.31.0', 'flannel 0.26.1'],
  comparedOn: '2026-11-21',
  hostnames: [
    {
      name: 'ubuntu-packages',
      hostname: 'archive.ubuntu.com',
      ports: [Port.tcp(443), Port.tcp(80)],
      portsBasis: Basis.INFERRED,
      section: 'Addresses to Access for Installations',
    },
    {
      name: 'red-hat-packages',
      hostname: 'cdn.redhat.com',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
      section: 'Addresses to Access for Installations',
    },
    {
      name: 'docker-com',
      hostname: '*.docker.com',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
      section: 'Addresses to Access for Installations',
    },
    {
      name: 'docker-io',
      hostname: '*.docker.io',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
      section: 'Addresses to Access for Installations',
    },
    {
      name: 'k8s-io',
      hostname: '*.k8s.io',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
      section: 'Addresses to Access for Installations',
    },
    {
      name: 'amazonaws-com',
      hostname: '*.amazonaws.com',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
      section: 'Addresses to Access for Installations',
      remark: 'for the reason of this access, please refer to documentation of Kubernetes',
    },
    {
      name: 'mongodb-org',
      hostname: '*.mongodb.org',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
      section: 'Addresses to Access for Installations',
    },
    {
      name: 'elastic-artifacts',
      hostname: 'artifacts.elastic.co',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
      section: 'Addresses to Access for Installations',
    },
  ],
  supplements: [
    UBUNTU_SECURITY,
    UBUNTU_MIRRORS,
    MONGODB_COM,
    FLANNEL_MANIFEST,
    FLANNEL_IMAGES,
    GITHUB_CONTENT,
    KUBERNETES_IMAGES,
    DOCKER_IMAGES,
  ],
  discrepancies: [
    {
      finding: 'The hosts are listed without ports and protocols.',
      decision: '443/tcp, and 80/tcp too for the package archives of Ubuntu, whose default addresses begin with http.',
    },
    {
      finding: 'archive.ubuntu.com and cdn.redhat.com stand in one line with a slash between.',
      decision: 'Both are opened unless the distribution is named.',
      rows: ['ubuntu-packages', 'red-hat-packages'],
    },
    {
      finding:
        'The reason for *.amazonaws.com is left to the documentation of Kubernetes: images come from its buckets.',
      decision: 'It is opened with a warning, because everything that anyone hosts on AWS can have such a name.',
      rows: ['amazonaws-com'],
    },
    {
      finding:
        'Hosts from which images and keys come today are missing: of Flannel, Kubernetes, Docker Hub and MongoDB.',
      decision: 'Supplements, each opened only where it is asked for by name.',
    },
    {
      finding: 'DNS and time are not mentioned.',
      decision: 'Not opened.',
    },
  ],
};
