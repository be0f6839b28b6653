import { Port } from '../../net';
import { Basis, type HostnameSupplement } from '../../tables';

/** Security updates of Ubuntu. */
export const UBUNTU_SECURITY: HostnameSupplement = {
  name: 'ubuntu-security',
  hostname: 'security.ubuntu.com',
  ports: [Port.tcp(443), Port.tcp(80)],
  portsBasis: Basis.INFERRED,
  section: 'Network topology',
  reason: 'Ubuntu serves security updates from a separate hostname; a later edition of the document names it',
  reference: 'https://docs.apinizer.com/en/concepts/deployment/network-topology',
};

/** Mirrors of the archive of Ubuntu, by country. */
export const UBUNTU_MIRRORS: HostnameSupplement = {
  name: 'ubuntu-mirrors',
  hostname: '*.archive.ubuntu.com',
  ports: [Port.tcp(443), Port.tcp(80)],
  portsBasis: Basis.INFERRED,
  section: 'Installation guides',
  reason: 'the guides of the vendor use country mirrors, which archive.ubuntu.com does not cover',
  reference: 'https://github.com/apinizer/docs',
};

/** Signing keys of the MongoDB packages. */
export const MONGODB_COM: HostnameSupplement = {
  name: 'mongodb-com',
  hostname: '*.mongodb.com',
  ports: [Port.tcp(443)],
  portsBasis: Basis.INFERRED,
  section: 'Network topology',
  reason: 'the signing keys of the MongoDB packages are served from there; a later edition of the document names it',
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
  reason: 'the images of Flannel 0.26.4 and later are served from there',
  reference: 'https://github.com/flannel-io/flannel/blob/master/Documentation/kube-flannel.yml',
};

/** The hostnames from which GitHub and its registry serve content, as Talos documents them. */
export const GITHUB_CONTENT: HostnameSupplement = {
  name: 'github-content',
  hostname: '*.githubusercontent.com',
  ports: [Port.tcp(443)],
  portsBasis: Basis.INFERRED,
  section: 'Egress domains',
  reason: 'ghcr.io and github.com serve their content from there',
  reference: 'https://docs.siderolabs.com/talos/v1.14/networking/egress-domains',
};

/** The hostnames to which the Kubernetes registry redirects clients, as the registry documents them. */
export const KUBERNETES_IMAGES: HostnameSupplement = {
  name: 'kubernetes-images',
  hostname: '*.pkg.dev',
  ports: [Port.tcp(443)],
  portsBasis: Basis.INFERRED,
  section: 'Debugging',
  reason: 'registry.k8s.io redirects clients there for images',
  reference: 'https://github.com/kubernetes/registry.k8s.io/blob/main/docs/debugging.md',
};

/** The hostnames from which Docker Hub serves image layers, as Docker documents them. */
export const DOCKER_IMAGES: HostnameSupplement = {
  name: 'docker-images',
  hostname: '*.r2.cloudflarestorage.com',
  ports: [Port.tcp(443)],
  portsBasis: Basis.INFERRED,
  section: 'Allowlist',
  reason: 'Docker Hub serves image layers from there',
  reference: 'https://github.com/docker/docs/pull/25122',
};
