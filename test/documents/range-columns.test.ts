import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { ExternalHosts, Peer, PrometheusCostMetricsRule } from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

test('all IP ranges of an end are in the column for ranges, and its names in the one before', async () => {
  const app = new App({ outdir: join(path, 'several'), skipValidation: true });
  new PrometheusCostMetricsRule(new TerraformStack(app, 'prod'), 'metrics', {
    platform: Peer.anyOf(
      ExternalHosts.named('site', '10.2.0.0/24'),
      Peer.cidr('10.9.0.0/24'),
      Peer.named('vpn', '10.4.0.0/24'),
    ),
    prometheus: ExternalHosts.named('prometheus', '10.3.0.1/32'),
  });
  app.synth();
  const [, row] = (await cli(['request', join(path, 'several'), '--format', 'csv'])).stdout.split('\r\n');
  expect(row).toMatch(
    /^please open,"site, vpn","10\.2\.0\.0\/24, 10\.4\.0\.0\/24, 10\.9\.0\.0\/24",prometheus,10\.3\.0\.1\/32,/,
  );
});
