import type { HostnameReason } from '../../tables';

/** Why the installation needs a hostname, where Apinizer's document refers to a different one for the reason. */
export const HOSTNAME_REASONS: readonly HostnameReason[] = [
  {
    tables: ['apinizer-installation-hosts@2024-12', 'apinizer-installation-hosts@2026-03'],
    row: 'amazonaws-com',
    reason:
      'registry.k8s.io redirects requests for image layers to Amazon S3, such as prod-registry-k8s-io-us-west-2.s3.dualstack.us-west-2.amazonaws.com',
    // the first is the page to which the edition of 2026-03 links, the second shows the hostnames
    references: [
      'https://kubernetes.io/blog/2022/11/28/registry-k8s-io-faster-cheaper-ga/',
      'https://github.com/kubernetes/registry.k8s.io/blob/0d4aee058727c112d95312c260c197b97b3457a8/docs/debugging.md',
    ],
  },
];
