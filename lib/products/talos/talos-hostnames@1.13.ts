// Generated from talos-hostnames@1.13.hostnames.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, type HostnameTable } from '../../tables';

export const TALOS_HOSTNAMES_1_13: HostnameTable = {
  id: 'talos-hostnames',
  product: 'Talos Linux',
  title: 'Egress Domains',
  reference:
    'https://github.com/siderolabs/docs/blob/5011b33ce38d410f5933f606446a93775dac75fe/public/talos/v1.13/networking/egress-domains.mdx',
  edition: '1.13',
  checkedFor: ['talos 1.13', 'talos 1.14'],
  comparedOn: '2026-11-29',
  discrepancies: [
    {
      finding:
        'The hostnames are listed without ports and protocols; the page of Talos 1.10 said that all traffic is HTTPS over port 443.',
      decision: '443/tcp.',
    },
    {
      finding: 'Other domains, such as docker.io, must be allowed for other CNIs or for images of workloads.',
      decision: 'Not rows, because the page does not list them.',
    },
  ],
  hostnames: [
    {
      name: 'discovery',
      hostname: 'discovery.talos.dev',
      section: 'Discovery Service',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
    },
    {
      name: 'image-factory',
      hostname: 'factory.talos.dev',
      section: 'Image Factory',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
    },
    {
      name: 'image-factories',
      hostname: '*.factory.talos.dev',
      section: 'Image Factory',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
    },
    {
      name: 'image-factory-storage',
      hostname: '*.r2.cloudflarestorage.com',
      section: 'Image Factory',
      remark: 'Cloudflare R2 origin storage',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
    },
    {
      name: 'google-registry',
      hostname: 'gcr.io',
      section: 'Google Container Registry / Google Artifact Registry (GCR/GAR)',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
    },
    {
      name: 'google-storage',
      hostname: 'storage.googleapis.com',
      section: 'Google Container Registry / Google Artifact Registry (GCR/GAR)',
      remark: 'backing blob storage for images',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
    },
    {
      name: 'google-artifacts',
      hostname: '*.pkg.dev',
      section: 'Google Container Registry / Google Artifact Registry (GCR/GAR)',
      remark: 'backing blob storage for images',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
    },
    {
      name: 'github-registry',
      hostname: 'ghcr.io',
      section: 'Github Container Registry (GHCR)',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
    },
    {
      name: 'github-content',
      hostname: '*.githubusercontent.com',
      section: 'Github Container Registry (GHCR)',
      remark: 'backing blob storage for images',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
    },
    {
      name: 'kubernetes-registry',
      hostname: 'registry.k8s.io',
      section: 'Kubernetes Registry (k8s.io)',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
    },
    {
      name: 'kubernetes-storage',
      hostname: '*.s3.dualstack.us-east-1.amazonaws.com',
      section: 'Kubernetes Registry (k8s.io)',
      remark: 'backing blob storage for images',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
    },
  ],
};
