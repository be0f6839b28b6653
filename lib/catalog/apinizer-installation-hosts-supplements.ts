import { Basis } from '../model/basis';
import type { HostnameSupplement } from '../model/host-table';
import { Port } from '../model/port';

/** Security updates of Ubuntu. */
export const UBUNTU_SECURITY: HostnameSupplement = {
  name: 'ubuntu-security',
  hostname: 'security.ubuntu.com',
  ports: [Port.tcp(443), Port.tcp(80)],
  portsBasis: Basis.INFERRED,
  section: 'Network topology',
  reason: 'security updates of Ubuntu come from a host of their own; a later edition of the document names it',
  reference: 'https://docs.apinizer.com/en/concepts/deployment/network-topology',
};

/** Mirrors of the archive of Ubuntu, by country. */
export const UBUNTU_MIRRORS: HostnameSupplement = {
  name: 'ubuntu-mirrors',
  hostname: '*.archive.ubuntu.com',
  ports: [Port.tcp(443), Port.tcp(80)],
  portsBasis: Basis.INFERRED,
  section: 'Installation guides',
  reason: 'the guides of the vendor use the mirror of a country, which the name of the archive does not cover',
  reference: 'https://github.com/apinizer/docs',
};

/** Keys of the packages of MongoDB. */
export const MONGODB_COM: HostnameSupplement = {
  name: 'mongodb-com',
  hostname: '*.mongodb.com',
  ports: [Port.tcp(443)],
  portsBasis: Basis.INFERRED,
  section: 'Network topology',
  reason: 'the keys of the packages of MongoDB stand there; a later edition of the document names it',
  reference: 'https://docs.apinizer.com/en/concepts/deployment/network-topology',
};

/** The manifest of Flannel, as Flannel itself documents it. */
export const FLANNEL_MANIFEST: HostnameSupplement = {
  name: 'flannel-manifest',
  hostname: 'github.com',
  ports: [Port.tcp(443)],
  portsBasis: Basis.INFERRED,
  section: 'Deploying Flannel manually',
  reason: 'the manifest of Flannel is downloaded from a release on GitHub',
  reference: 'https://github.com/flannel-io/flannel/blob/master/README.md',
};

/** The images of Flannel, as its manifest names them. */
export const FLANNEL_IMAGES: HostnameSupplement = {
  name: 'flannel-images',
  hostname: 'ghcr.io',
  ports: [Port.tcp(443)],
  portsBasis: Basis.INFERRED,
  section: 'kube-flannel.yml',
  reason: 'the images of Flannel 0.26.4 and later stand there',
  reference: 'https://github.com/flannel-io/flannel/blob/master/Documentation/kube-flannel.yml',
};

/** What GitHub and its registry send their content from, as Talos documents it. */
export const GITHUB_CONTENT: HostnameSupplement = {
  name: 'github-content',
  hostname: '*.githubusercontent.com',
  ports: [Port.tcp(443)],
  portsBasis: Basis.INFERRED,
  section: 'Egress domains',
  reason: 'ghcr.io and github.com send their content from there',
  reference: 'https://docs.siderolabs.com/talos/v1.14/networking/egress-domains',
};

/** What the registry of Kubernetes sends clients on to, as it documents itself. */
export const KUBERNETES_IMAGES: HostnameSupplement = {
  name: 'kubernetes-images',
  hostname: '*.pkg.dev',
  ports: [Port.tcp(443)],
  portsBasis: Basis.INFERRED,
  section: 'Debugging',
  reason: 'registry.k8s.io sends clients on to it for images',
  reference: 'https://github.com/kubernetes/registry.k8s.io/blob/main/docs/debugging.md',
};

/** What Docker Hub serves layers from, as Docker documents it. */
export const DOCKER_IMAGES: HostnameSupplement = {
  name: 'docker-images',
  hostname: '*.r2.cloudflarestorage.com',
  ports: [Port.tcp(443)],
  portsBasis: Basis.INFERRED,
  section: 'Allowlist',
  reason: 'Docker Hub serves layers of images from there',
  reference: 'https://github.com/docker/docs/pull/25122',
};
