import { join } from 'node:path';
import { ComputeNetworkFirewallPolicyAssociation } from '@cdktf/provider-google/lib/compute-network-firewall-policy-association';
import { App, TerraformStack } from 'cdktf';
import {
  Egress,
  GcpFirewallPolicy,
  KubernetesDns,
  KubernetesPods,
  Peer,
  Port,
  PrometheusCostMetricsRule,
} from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

/** Pods whose policies have an entry for the row and one for name servers. */
function pods(stack: TerraformStack): void {
  const [platform, prometheus] = ['platform', 'prometheus'].map((app) =>
    KubernetesPods.labelled({
      namespace: 'prod',
      labels: { app },
      egress: Egress.DOCUMENTED,
      dns: KubernetesDns.kubeDns(),
      ports: app === 'prometheus' ? [{ row: 'cost-metrics', port: Port.tcp(9191) }] : undefined,
    }),
  );
  new PrometheusCostMetricsRule(stack, 'metrics', { platform, prometheus });
}

/** Machines of a firewall policy that two networks have. */
function policy(stack: TerraformStack): void {
  const project = 'net-one';
  for (const network of ['prod', 'test']) {
    new ComputeNetworkFirewallPolicyAssociation(stack, network, {
      name: network,
      firewallPolicy: 'machines',
      project,
      attachmentTarget: `projects/${project}/global/networks/${network}`,
    });
  }
  const machines = new GcpFirewallPolicy({ policy: 'machines', project, egress: Egress.DOCUMENTED });
  const [platform, prometheus] = ['1', '2'].map((value) =>
    machines.secureTag(`tagValues/${value}`, { ipRanges: Peer.cidr(`10.${value}.0.0/24`) }),
  );
  const ports = { 'cost-metrics': Port.tcp(9191) };
  new PrometheusCostMetricsRule(stack, 'metrics', { platform, prometheus, ports });
}

test.each([
  ['pods', pods],
  ['a policy of two networks', policy],
])('each rule of a moved row is told once: %s', async (name, build) => {
  const outdir = join(path, name);
  const app = new App({ outdir, skipValidation: true });
  build(new TerraformStack(app, 'prod'));
  app.synth();
  const { findings } = JSON.parse((await cli(['lint', outdir, '--format', 'json'])).stdout);
  const moved = findings.filter(({ code }: any) => code === 'moved').map(({ address }: any) => address);
  expect(moved).toHaveLength(2);
  expect(new Set(moved).size).toBe(2);
  const { notes } = JSON.parse((await cli(['show', outdir, '--format', 'json'])).stdout);
  expect(notes.filter(({ text }: any) => text.includes('is moved'))).toHaveLength(2);
});
