import { join } from 'node:path';
import { App, TerraformStack, TerraformVariable } from 'cdktf';
import { ExternalHosts, type IHostGroup, Peer, PrometheusCostMetricsRule } from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

/** Writes a source of which one IP range is known and one is not. */
function written(name: string, prometheus: IHostGroup): string {
  const outdir = join(path, name);
  const app = new App({ outdir, skipValidation: true });
  const stack = new TerraformStack(app, 'prod');
  const variable = new TerraformVariable(stack, 'office', { type: 'string' });
  const office = Peer.named('office', '10.50.0.0/24', variable.stringValue);
  new PrometheusCostMetricsRule(stack, 'metrics', { platform: office, prometheus });
  app.synth();
  return outdir;
}

const HOSTS = ExternalHosts.named('hosts', '10.1.0.7/32');

async function requested(outdir: string, ...options: string[]): Promise<string[]> {
  const text = (await cli(['request', outdir, ...options])).stdout;
  return text
    .slice(text.indexOf('SOURCE:'), text.indexOf('DESTINATION:'))
    .split('\n')
    .filter((line) => line.includes('/'));
}

test('IP ranges that a user gives for what is not known are in addition to those that the code has', async () => {
  const outdir = written('alone', HOSTS);
  expect(await requested(outdir, '--ip-ranges', 'office=203.0.113.0/24,10.50.0.0/24')).toEqual([
    '10.50.0.0/24',
    '203.0.113.0/24',
  ]);
  expect(await requested(outdir, '--ip-ranges', 'office=203.0.113.0/24')).toEqual(['10.50.0.0/24', '203.0.113.0/24']);
});

test('explain cannot tell whether an access request asks for IP addresses that may be in a range that is not known', async () => {
  const outdir = written('asked', HOSTS);
  const explained = async (from: string, port: string): Promise<any> => {
    const call = ['explain', outdir, '--from', from, '--to', 'hosts', '--port', port, '--format', 'json'];
    return JSON.parse((await cli(call)).stdout);
  };
  expect((await explained('10.50.0.4', '9090/tcp')).verdict).toBe('asked for, not known to be open');
  const { verdict, destination } = await explained('203.0.113.4', '9090/tcp');
  expect({ verdict, reason: destination.reason }).toEqual({
    verdict: 'not known',
    reason:
      'the firewall team manages its firewall, and whether prod/metrics asks for the packet depends on var.office',
  });
  expect((await explained('203.0.113.4', '22/tcp')).destination.reason).toContain(
    'no access request of these files asks',
  );
});
