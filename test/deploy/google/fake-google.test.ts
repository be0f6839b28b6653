import { FakeGoogle } from './fake-google';

/** The fake of Google's APIs, without the provider: what it accepts, what it refuses, and what it answers. */

let cloud: FakeGoogle;
beforeAll(async () => {
  cloud = await FakeGoogle.start();
});
afterAll(() => cloud.stop());

interface Answer {
  readonly status: number;
  readonly body: any;
}

async function ask(verb: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${cloud.endpoint}${path}`, { method: verb, body: body && JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

const GLOBAL = '/compute/v1/projects/net-host/global';
const tcp = { IPProtocol: 'tcp', ports: ['443'] };
const rule = { name: 'web', network: 'prod', sourceRanges: ['10.0.0.0/8'], allowed: [tcp] };

test('a firewall is created, changed and removed', async () => {
  const created = await ask('POST', `${GLOBAL}/firewalls`, rule);
  expect(created).toMatchObject({ status: 200, body: { status: 'DONE', operationType: 'insert' } });
  expect((await ask('POST', `${GLOBAL}/firewalls`, rule)).status).toBe(409);
  await ask('PATCH', `${GLOBAL}/firewalls/web`, { sourceRanges: null, sourceTags: ['node'] });
  const { body } = await ask('GET', `${GLOBAL}/firewalls/web`);
  expect(body).toMatchObject({
    name: 'web',
    priority: 1000,
    direction: 'INGRESS',
    sourceTags: ['node'],
    allowed: [tcp],
  });
  expect(body).not.toHaveProperty('sourceRanges');
  expect((await ask('DELETE', `${GLOBAL}/firewalls/web`)).status).toBe(200);
  expect((await ask('GET', `${GLOBAL}/firewalls/web`)).status).toBe(404);
});

test('a firewall without sources is open to the whole internet', async () => {
  await ask('POST', `${GLOBAL}/firewalls`, { name: 'open', network: 'prod', sourceRanges: [], allowed: [tcp] });
  const { body } = await ask('GET', `${GLOBAL}/firewalls/open`);
  await ask('DELETE', `${GLOBAL}/firewalls/open`);
  expect(body.sourceRanges).toEqual(['0.0.0.0/0']);
});

test.each<[string, object]>([
  ['a name with a capital', { name: 'Web' }],
  ['a name of 64 characters', { name: 'w'.repeat(64) }],
  ['an unknown field', { sourceRange: ['10.0.0.0/8'] }],
  ['an unknown direction', { direction: 'IN' }],
  ['a priority of 65536', { priority: 65_536 }],
  ['a description of 2049 characters', { description: 'd'.repeat(2049) }],
  ['bits after the prefix', { sourceRanges: ['10.0.0.1/8'] }],
  ['bits after the prefix of IPv6', { sourceRanges: ['2001:db8::1/64'] }],
  ['a range without a prefix', { sourceRanges: ['10.0.0.0'] }],
  ['a prefix of 33 bits', { sourceRanges: ['10.0.0.0/33'] }],
  ['IPv4 and IPv6', { sourceRanges: ['10.0.0.0/8', '2001:db8::/32'] }],
  ['IPv4 and IPv6 in two lists', { destinationRanges: ['2001:db8::/32'] }],
  ['a range twice', { sourceRanges: ['10.0.0.0/8', '10.0.0.0/8'] }],
  ['5001 ranges', { sourceRanges: Array.from({ length: 5001 }, (_, at) => `10.${at >> 8}.${at & 255}.0/24`) }],
  ['31 source tags', { sourceTags: Array.from({ length: 31 }, (_, at) => `tag-${at}`) }],
  ['a tag with a dot', { targetTags: ['a.b'] }],
  ['tags beside service accounts', { targetTags: ['web'], sourceServiceAccounts: ['a@b.iam.gserviceaccount.com'] }],
  ['11 service accounts', { sourceServiceAccounts: Array.from({ length: 11 }, (_, at) => `a${at}@b.c`) }],
  ['sources of outbound traffic', { direction: 'EGRESS' }],
  ['neither allowed nor denied', { allowed: [] }],
  ['both', { denied: [tcp] }],
  ['an unknown protocol', { allowed: [{ IPProtocol: 'quic' }] }],
  ['protocol 256', { allowed: [{ IPProtocol: '256' }] }],
  ['ports of ESP', { allowed: [{ IPProtocol: 'esp', ports: ['1'] }] }],
  ['descending ports', { allowed: [{ IPProtocol: 'tcp', ports: ['2-1'] }] }],
  ['port 65536', { allowed: [{ IPProtocol: 'tcp', ports: ['65536'] }] }],
  ['ICMPv6 over IPv4', { allowed: [{ IPProtocol: '58' }] }],
  ['ICMP over IPv6', { sourceRanges: ['2001:db8::/32'], allowed: [{ IPProtocol: 'icmp' }] }],
])('refuses a firewall with %s', async (_what, change) => {
  expect((await ask('POST', `${GLOBAL}/firewalls`, { ...rule, ...change })).status).toBe(400);
  expect(cloud.store.paths()).toEqual([]);
});

describe('a firewall policy', () => {
  const policy = `${GLOBAL}/firewallPolicies/kubernetes`;
  const match = { srcIpRanges: ['10.0.0.0/8'], layer4Configs: [{ ipProtocol: 'tcp', ports: ['443'] }] };
  const inPolicy = { action: 'allow', direction: 'INGRESS', priority: 7, match };
  beforeEach(async () => ask('POST', `${GLOBAL}/firewallPolicies`, { name: 'kubernetes' }));
  afterEach(async () => ask('DELETE', policy));

  test('has rules, each with a priority of its own', async () => {
    expect((await ask('POST', `${policy}/addRule`, inPolicy)).status).toBe(200);
    expect((await ask('POST', `${policy}/addRule`, inPolicy)).body.error.message).toContain('must be unique');
    await ask('POST', `${policy}/patchRule?priority=7`, { description: 'changed' });
    expect((await ask('GET', `${policy}/getRule?priority=7`)).body).toMatchObject({
      ...inPolicy,
      description: 'changed',
    });
    expect((await ask('POST', `${policy}/removeRule?priority=7`)).status).toBe(200);
    expect((await ask('GET', `${policy}/getRule?priority=7`)).status).toBe(404);
  });

  test('stays while it has an association', async () => {
    await ask('POST', `${policy}/addAssociation`, {
      name: 'at',
      attachmentTarget: 'projects/net-host/global/networks/prod',
    });
    expect((await ask('DELETE', policy)).body.error.message).toContain('already being used');
    await ask('POST', `${policy}/removeAssociation?name=at`);
  });

  test('changes only from its last state', async () => {
    const { fingerprint } = (await ask('GET', policy)).body;
    expect((await ask('PATCH', policy, { description: 'new', fingerprint })).status).toBe(200);
    expect((await ask('PATCH', policy, { description: 'newer', fingerprint })).status).toBe(412);
  });

  test.each<[string, object]>([
    ['an unknown action', { action: 'permit' }],
    ['a negative priority', { priority: -1 }],
    ['tags in place of secure tags', { targetSecureTags: [{ name: 'web' }] }],
    [
      'secure tags beside service accounts',
      { targetSecureTags: [{ name: 'tagValues/1' }], targetServiceAccounts: ['a@b.c'] },
    ],
    ['no source', { match: { layer4Configs: match.layer4Configs } }],
    ['no protocol', { match: { srcIpRanges: match.srcIpRanges } }],
    ['IPv4 and IPv6', { match: { ...match, srcIpRanges: ['10.0.0.0/8', '2001:db8::/32'] } }],
    ['bits after the prefix', { match: { ...match, srcIpRanges: ['10.0.0.1/8'] } }],
    ['257 secure tags', { match: { ...match, srcSecureTags: Array(257).fill({ name: 'tagValues/1' }) } }],
    ['a wildcard as hostname', { direction: 'EGRESS', match: { ...match, destFqdns: ['*.example.com'] } }],
    ['a log of goto_next', { action: 'goto_next', enableLogging: true }],
  ])('refuses a rule with %s', async (_what, change) => {
    expect((await ask('POST', `${policy}/addRule`, { ...inPolicy, ...change })).status).toBe(400);
  });
});

test('refuses a rule of a policy that does not exist', async () => {
  const body = { action: 'allow', direction: 'EGRESS', priority: 1, match: { layer4Configs: [{ ipProtocol: 'tcp' }] } };
  expect((await ask('POST', `${GLOBAL}/firewallPolicies/none/addRule`, body)).status).toBe(404);
});

test('a tag value has a number, and its key stays as long as it has values', async () => {
  const key = await ask('POST', '/v3/tagKeys', { parent: 'projects/net-host', shortName: 'role' });
  const parent = key.body.response.name as string;
  expect((await ask('POST', '/v3/tagKeys', { parent: 'projects/net-host', shortName: 'role' })).status).toBe(409);
  const { name } = (await ask('POST', '/v3/tagValues', { parent, shortName: 'web' })).body.response;
  expect(name).toMatch(/^tagValues\/\d+$/);
  expect((await ask('DELETE', `/v3/${parent}`)).status).toBe(400);
  await ask('DELETE', `/v3/${name}`);
  await ask('DELETE', `/v3/${parent}`);
  expect(cloud.store.paths()).toEqual([]);
});

test('a method that it does not have is an error', async () => {
  expect((await ask('GET', `${GLOBAL}/images`)).status).toBe(501);
});
