import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();
const all = {
  match: { src_ip_ranges: ['10.0.0.0/8'], layer4_configs: [{ ip_protocol: 'all' }] },
  direction: 'INGRESS',
};
const inPolicy = { ...all, firewall_policy: 'policy' };

test('explain says which rule skips its policy, and which one decides', async () => {
  const file = join(path, 'policy.json');
  const resource = {
    google_compute_network: { n: { name: 'n', network_firewall_policy_enforcement_order: 'BEFORE_CLASSIC_FIREWALL' } },
    google_compute_network_firewall_policy_association: {
      n: { firewall_policy: 'policy', attachment_target: '${google_compute_network.n.id}', name: 'n' },
    },
    google_compute_network_firewall_policy_rule: {
      skip: { ...inPolicy, action: 'goto_next', priority: 1 },
      no: { ...inPolicy, action: 'deny', priority: 2 },
    },
    google_compute_firewall: {
      web: {
        name: 'web',
        network: 'n',
        source_ranges: ['10.0.0.0/8'],
        target_tags: ['web'],
        allow: [{ protocol: 'tcp' }],
      },
    },
  };
  writeFileSync(file, JSON.stringify({ resource }));
  const { code, stdout } = await cli(['explain', file, '--from', '10.0.0.7', '--to', 'tag:web', '--port', '443/tcp']);
  const told = stdout.match(/skips the rest of its policy: goto_next|not reached: deny|decides: \w+|differs in \w+/g);
  expect({ code, told }).toEqual({
    code: 0,
    told: ['skips the rest of its policy: goto_next', 'not reached: deny', 'decides: allow'],
  });
});

test('explain calls a rule that is not reached by the word of Google', async () => {
  const file = join(path, 'after.json');
  const resource = {
    google_compute_network: { n: { name: 'n' } },
    google_compute_network_firewall_policy_association: {
      n: { firewall_policy: 'policy', attachment_target: '${google_compute_network.n.id}', name: 'n' },
    },
    google_compute_network_firewall_policy_rule: { skip: { ...inPolicy, action: 'goto_next', priority: 1 } },
    google_compute_firewall: {
      web: { name: 'web', network: 'n', source_ranges: ['10.0.0.0/8'], allow: [{ protocol: 'tcp' }] },
    },
  };
  writeFileSync(file, JSON.stringify({ resource }));
  const { stdout } = await cli(['explain', file, '--from', '10.0.0.7', '--to', 'all-instances', '--port', '443/tcp']);
  expect(stdout.match(/decides: \w+|not reached: \w+/g)).toEqual(['decides: allow', 'not reached: goto_next']);
});
