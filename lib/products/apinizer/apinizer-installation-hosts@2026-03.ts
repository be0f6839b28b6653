import { Port } from '../../net';
import { Basis, type HostnameTable } from '../../tables';
import {
  DOCKER_IMAGES,
  FLANNEL_IMAGES,
  FLANNEL_MANIFEST,
  GITHUB_CONTENT,
  KUBERNETES_IMAGES,
  UBUNTU_MIRRORS,
} from './apinizer-installation-hosts-supplements';

/** The hostnames from which an installation of Apinizer on Kubernetes downloads, from the vendor's new page. */
export const APINIZER_INSTALLATION_HOSTS_2026_03: HostnameTable = {
  id: 'apinizer-installation-hosts',
  product: 'Apinizer',
  title: 'Network Topology and Port Requirements: Addresses to Access for Installation',
  reference:
    'https://github.com/apinizer/docs/blob/e6db3cf7725b4c8bdb0427c8e15660651af7ab48/en/concepts/deployment/network-topology.mdx',
  edition: '2026-03',
  checkedFor: ['kubernetes 1.31.0', 'flannel 0.27.4'],
  comparedOn: '2026-11-22',
  hostnames: [
    {
      name: 'ubuntu-packages',
      hostname: 'archive.ubuntu.com',
      ports: [Port.tcp(443), Port.tcp(80)],
      portsBasis: Basis.INFERRED,
      section: 'Addresses to Access for Installation',
    },
    {
      name: 'ubuntu-security',
      hostname: 'security.ubuntu.com',
      ports: [Port.tcp(443), Port.tcp(80)],
      portsBasis: Basis.INFERRED,
      section: 'Addresses to Access for Installation',
    },
    {
      name: 'red-hat-packages',
      hostname: 'cdn.redhat.com',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
      section: 'Addresses to Access for Installation',
    },
    {
      name: 'docker-com',
      hostname: '*.docker.com',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
      section: 'Addresses to Access for Installation',
    },
    {
      name: 'docker-io',
      hostname: '*.docker.io',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
      section: 'Addresses to Access for Installation',
    },
    {
      name: 'k8s-io',
      hostname: '*.k8s.io',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
      section: 'Addresses to Access for Installation',
    },
    {
      name: 'amazonaws-com',
      hostname: '*.amazonaws.com',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
      section: 'Addresses to Access for Installation',
      remark: 'Kubernetes documentation',
    },
    {
      name: 'mongodb-org',
      hostname: '*.mongodb.org',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
      section: 'Addresses to Access for Installation',
    },
    {
      name: 'mongodb-com',
      hostname: '*.mongodb.com',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
      section: 'Addresses to Access for Installation',
    },
    {
      name: 'elastic-artifacts',
      hostname: 'artifacts.elastic.co',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
      section: 'Addresses to Access for Installation',
    },
  ],
  supplements: [UBUNTU_MIRRORS, FLANNEL_MANIFEST, FLANNEL_IMAGES, GITHUB_CONTENT, KUBERNETES_IMAGES, DOCKER_IMAGES],
  discrepancies: [
    {
      finding: 'The hostnames are listed without ports and protocols.',
      decision: '443/tcp, and also 80/tcp for the package archives of Ubuntu, whose default URLs begin with http.',
    },
    {
      finding: 'The package hostnames of Ubuntu and Red Hat are on one line, separated by a slash.',
      decision: 'All are allowed unless the prop distribution names one.',
      rows: ['ubuntu-packages', 'ubuntu-security', 'red-hat-packages'],
    },
    {
      finding:
        'For *.amazonaws.com, the document links to the documentation of Kubernetes, whose images come from Amazon S3 buckets.',
      decision: 'It is allowed with a warning, because anything that anyone hosts on AWS can have such a name.',
      rows: ['amazonaws-com'],
    },
    {
      finding:
        'The document does not list the hostnames that serve the images of Flannel, Kubernetes and Docker Hub today.',
      decision: 'Supplements, each allowed only if the prop supplements names it.',
    },
    {
      finding: 'DNS and NTP are not mentioned.',
      decision: 'Not opened.',
    },
  ],
};
