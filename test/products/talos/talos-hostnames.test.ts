import { AwsNetworkFirewallRuleGroup, GcpSecureWebProxy, TalosHostnames } from '../../../lib';
import { allowedHostnames } from '../../support/allowed-hostnames';
import { newStack } from '../../support/clouds';

/**
 * The list under "Egress Domains" of Talos 1.13, typed from
 * https://github.com/siderolabs/docs/blob/5011b33ce38d410f5933f606446a93775dac75fe/public/talos/v1.13/networking/egress-domains.mdx
 * on 2026-11-28. Talos 1.14 has the same list.
 */
const DOCUMENTED = [
  'discovery.talos.dev',
  'factory.talos.dev',
  '*.factory.talos.dev',
  '*.r2.cloudflarestorage.com',
  'gcr.io',
  'storage.googleapis.com',
  '*.pkg.dev',
  'ghcr.io',
  '*.githubusercontent.com',
  'registry.k8s.io',
  '*.s3.dualstack.us-east-1.amazonaws.com',
];

test('the table has the hostnames of the document, in its order', () => {
  const { hostnames, edition, reference } = TalosHostnames.hostnameTable;
  expect(hostnames.map(({ hostname }) => hostname)).toEqual(DOCUMENTED);
  expect(edition).toBe('1.13');
  expect(reference).toMatch(/^https:\/\/github\.com\/siderolabs\/docs\/blob\/[0-9a-f]{40}\//);
});

test.each([
  ['AWS', new AwsNetworkFirewallRuleGroup()],
  ['GCP', new GcpSecureWebProxy({ location: 'europe-west3' })],
])('allows exactly these hostnames on %s', (_cloud, through) => {
  const stack = newStack();
  new TalosHostnames(stack, 'hostnames', { through });
  expect(allowedHostnames(stack)).toEqual(DOCUMENTED.map((hostname) => `443/tcp ${hostname}`).sort());
});

test('leaves out what is omitted', () => {
  const stack = newStack();
  const through = new GcpSecureWebProxy({ location: 'europe-west3' });
  new TalosHostnames(stack, 'hostnames', { through, omit: ['discovery', 'kubernetes-storage'], edition: '1.13' });
  expect(allowedHostnames(stack)).toEqual(
    DOCUMENTED.slice(1, -1)
      .map((hostname) => `443/tcp ${hostname}`)
      .sort(),
  );
});
