import { Port } from '../../net';
import { Basis, type HostnameTable } from '../../tables';
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

/** The hostnames from which an installation of Apinizer on Kubernetes downloads. */
export const APINIZER_INSTALLATION_HOSTS: HostnameTable = {
  id: 'apinizer-installation-hosts',
  product: 'Apinizer',
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
      finding: 'The hostnames are listed without ports and protocols.',
      decision: '443/tcp, and also 80/tcp for the package archives of Ubuntu, whose default URLs begin with http.',
    },
    {
      finding: 'archive.ubuntu.com and cdn.redhat.com are on one line, separated by a slash.',
      decision: 'Both are allowed unless the prop distribution names one.',
      rows: ['ubuntu-packages', 'red-hat-packages'],
    },
    {
      finding:
        'For *.amazonaws.com, the document refers to the documentation of Kubernetes, whose images come from Amazon S3 buckets.',
      decision: 'It is allowed with a warning, because anything that anyone hosts on AWS can have such a name.',
      rows: ['amazonaws-com'],
    },
    {
      finding:
        'The document does not list the hostnames that serve the images of Flannel, Kubernetes and Docker Hub and the signing keys of MongoDB today.',
      decision: 'Supplements, each allowed only if the prop supplements names it.',
    },
    {
      finding: 'DNS and NTP are not mentioned.',
      decision: 'Not opened.',
    },
  ],
};
