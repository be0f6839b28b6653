// Generated from vcluster-platform-hostnames@2026-08.hostnames.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, type HostnameTable } from '../../tables';

export const VCLUSTER_PLATFORM_HOSTNAMES_2026_08: HostnameTable = {
  id: 'vcluster-platform-hostnames',
  product: 'vCluster Platform',
  title: 'Install with Helm: Prerequisites',
  reference:
    'https://github.com/loft-sh/vcluster-docs/blob/0f45a068f4c65baa8df49daef2868bb1644fbf53/platform/_partials/install/license-egress.mdx',
  edition: '2026-08',
  comparedOn: '2026-11-29',
  discrepancies: [
    {
      finding:
        'The page on telemetry says that tenant clusters also upload to admin.loft.sh, while a different page says that they need only the platform.',
      decision: 'One row, because it is one hostname.',
      rows: ['license'],
    },
    {
      finding: 'With an offline license the hostname is not needed.',
      decision: 'Remove the construct; the table has no option for it, because nothing would be left.',
      rows: ['license'],
    },
  ],
  hostnames: [
    {
      name: 'license',
      hostname: 'admin.loft.sh',
      section: 'Resource requirements',
      remark: 'license retrieval and validation',
      ports: [Port.tcp(443)],
      portsBasis: Basis.TEXT,
    },
  ],
  supplements: [
    {
      name: 'charts',
      hostname: 'charts.loft.sh',
      section: 'Add the repository',
      reason: 'the charts of the platform and of tenant clusters are installed from there',
      reference:
        'https://github.com/loft-sh/vcluster-docs/blob/0f45a068f4c65baa8df49daef2868bb1644fbf53/platform/install/helm.mdx',
      ports: [Port.tcp(443)],
      portsBasis: Basis.INFERRED,
    },
  ],
};
