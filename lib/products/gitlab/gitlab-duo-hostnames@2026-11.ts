// Generated from gitlab-duo-hostnames@2026-11.hostnames.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, type HostnameTable } from '../../tables';

export const GITLAB_DUO_HOSTNAMES_2026_11: HostnameTable = {
  id: 'gitlab-duo-hostnames',
  product: 'GitLab Duo',
  title: 'Configure GitLab Duo on GitLab Self-Managed',
  reference:
    'https://github.com/gitlabhq/gitlabhq/blob/7b22abd8e0b0f8257f4e5d361f95ed84a9013e5f/doc/administration/gitlab_duo/configure/gitlab_self_managed.md',
  edition: '2026-11',
  comparedOn: '2026-11-29',
  options: [
    {
      id: 'machines',
      title: 'The machines behind the filter, application nodes of GitLab or runners',
      choices: ['gitlab', 'runner'],
      default: 'gitlab',
      section: 'Allow connections from the runner',
    },
  ],
  discrepancies: [
    {
      finding:
        'This text names customers.gitlab.com and cloud.gitlab.com only as what its health check connects to; an older text of the page says that firewalls must allow both on port 443.',
      decision: '443/tcp, as the older text has it.',
      rows: ['customers', 'cloud'],
    },
    {
      finding:
        'The page has no date, and its newest text was readable only in a translation, which has the same hostnames and ports.',
      decision: 'The edition is the month in which the stored text was compared.',
    },
    {
      finding:
        'Application nodes and runners need different hostnames, and runners do not connect to GitLab Duo Workflow.',
      decision: 'The option machines, whose default is the application nodes; runners are a second construct.',
      rows: ['duo-workflow', 'customers', 'cloud', 'npm', 'images'],
    },
    {
      finding:
        'With an AI Gateway and models of your own, the hostnames of GitLab are not needed; a hybrid configuration needs them.',
      decision: 'Remove the construct if every feature uses your own gateway.',
      rows: ['duo-workflow', 'cloud'],
    },
  ],
  hostnames: [
    {
      name: 'duo-workflow',
      hostname: 'duo-workflow-svc.runway.gitlab.net',
      section: 'Allow outbound connections from the GitLab instance to GitLab Duo',
      remark: 'GitLab Duo Workflow, with HTTP/2 and gRPC',
      when: { machines: ['gitlab'] },
      ports: [Port.tcp(443)],
      portsBasis: Basis.TEXT,
    },
    {
      name: 'customers',
      hostname: 'customers.gitlab.com',
      section: 'Run a health check for GitLab Duo',
      remark: 'synchronization of the subscription',
      when: { machines: ['gitlab'] },
      ports: [Port.tcp(443)],
      portsBasis: Basis.TEXT,
    },
    {
      name: 'cloud',
      hostname: 'cloud.gitlab.com',
      section: 'Run a health check for GitLab Duo',
      remark: 'the AI Gateway that GitLab hosts',
      when: { machines: ['gitlab'] },
      ports: [Port.tcp(443)],
      portsBasis: Basis.TEXT,
    },
    {
      name: 'npm',
      hostname: 'registry.npmjs.org',
      section: 'Allow connections from the runner',
      remark: 'Download the Duo CLI package at runtime',
      when: { machines: ['runner'] },
      ports: [Port.tcp(443)],
      portsBasis: Basis.TABLE,
    },
    {
      name: 'images',
      hostname: 'registry.gitlab.com',
      section: 'Allow connections from the runner',
      remark: 'Download the default Docker image (unless using a custom image)',
      when: { machines: ['runner'] },
      ports: [Port.tcp(443)],
      portsBasis: Basis.TABLE,
    },
  ],
};
