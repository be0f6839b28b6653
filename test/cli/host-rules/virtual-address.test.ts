import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { ControlPlaneVipRules, ExternalHosts, LinuxHosts } from '../../../lib';
import { cli, temporaryDirectory } from '../../support/cli';

const { path } = temporaryDirectory();

const VIP = ExternalHosts.named('vip', '10.40.0.100/32');
const BALANCERS = LinuxHosts.named('haproxy', '10.40.0.101/32', '10.40.0.102/32');
const MASTERS = LinuxHosts.named('masters', '10.40.0.0/29');
const WORKERS = LinuxHosts.named('workers', '10.40.1.0/24');

function written(name: string, loadBalancer: LinuxHosts | ExternalHosts): string {
  const outdir = join(path, name);
  const app = new App({ outdir, skipValidation: true });
  const stack = new TerraformStack(app, 'prod');
  const machines = { controlPlane: MASTERS, workers: WORKERS, virtualAddress: VIP, loadBalancer };
  new ControlPlaneVipRules(stack, 'vip', machines);
  app.synth();
  return outdir;
}

async function acceptedBy(outdir: string, role: string): Promise<string[]> {
  const { stdout } = await cli(['host-rules', outdir, '--role', role, '--for', 'nftables']);
  return [...stdout.matchAll(/^ *(ip saddr .*) accept$/gm)].map(([, rule]) => rule);
}

test('a load balancer accepts what clients send to its virtual address', async () => {
  const outdir = written('balancers', BALANCERS);
  expect(await acceptedBy(outdir, 'haproxy')).toEqual(['ip saddr { 10.40.0.0/29, 10.40.1.0/24 } tcp dport 6443']);
});

test('a load balancer on the control planes accepts both', async () => {
  const outdir = written('masters', MASTERS);
  expect(await acceptedBy(outdir, 'masters')).toEqual(['ip saddr { 10.40.0.0/29, 10.40.1.0/24 } tcp dport 6443']);
});

test('machines that are not the load balancer accept nothing for it', async () => {
  const outdir = written('others', BALANCERS);
  expect(await acceptedBy(outdir, 'masters')).toEqual(['ip saddr { 10.40.0.101/32, 10.40.0.102/32 } tcp dport 6443']);
  expect(await acceptedBy(outdir, 'workers')).toEqual([]);
});

test.each([
  ['vip', BALANCERS, "the host's own firewall"],
  ['10.40.0.100', BALANCERS, "the host's own firewall"],
  ['vip', ExternalHosts.named('appliance', '10.40.0.9/32'), undefined],
] as const)('explain names the own firewall of the load balancer: %s', async (to, loadBalancer, kind) => {
  const outdir = written(`explain-${to}-${loadBalancer.label}`, loadBalancer);
  const call = ['explain', outdir, '--from', 'workers', '--to', to, '--port', '6443/tcp', '--format', 'json'];
  const { gates } = JSON.parse((await cli(call)).stdout);
  const ofDestination = gates.filter(({ end }: any) => end === 'destination').map((gate: any) => gate.kind);
  expect(ofDestination).toEqual(['firewall of the firewall team', ...(kind === undefined ? [] : [kind])]);
});
