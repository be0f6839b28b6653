import { readFileSync } from 'node:fs';
import { App, TerraformStack } from 'cdktf';
import { AwsSecurityGroup, Egress, GcpFirewall, Port, Rke2Rules, Rke2Cni } from '../../lib';
import { cli, expectBadInput, expectUsageError, temporaryDirectory } from '../support/cli';

const { path, file } = temporaryDirectory();

/** Ingress of a security group, as `9345/tcp agent > server`. */
type Opened = string;

/** Returns Terraform that nobody wrote with this package. */
function written(name: string, opened: readonly Opened[], more: Record<string, object> = {}): string {
  const rules = opened.map((text) => {
    const [port, source, , group] = text.split(' ');
    const [numbers, protocol] = port.split('/');
    const [from, to = from] = numbers.split('-').map(Number);
    return {
      security_group_id: `\${aws_security_group.${group}.id}`,
      ip_protocol: protocol,
      // AWS has the ICMP type in place of the first port, and the code in place of the last one
      ...(protocol === 'icmp' ? { from_port: from, to_port: -1 } : { from_port: from, to_port: to }),
      ...(source.includes('/') || source.startsWith('$')
        ? { cidr_ipv4: source }
        : source.startsWith('pl-')
          ? { prefix_list_id: source }
          : { referenced_security_group_id: `\${aws_security_group.${source}.id}` }),
    };
  });
  const groups = ['server', 'agent'].map((group) => [group, { name: group, vpc_id: 'vpc-0123456789abcdef0' }]);
  const resource = {
    aws_security_group: Object.fromEntries(groups),
    aws_vpc_security_group_ingress_rule: Object.fromEntries(rules.map((rule, at) => [`r${at}`, rule])),
  };
  return file(`${name}.tf.json`, JSON.stringify({ resource, ...more }));
}

// RKE2, "Requirements": "Inbound Network Rules", and the tab "Cilium" of "CNI Specific Inbound Network Rules"
const TO_SERVERS = ['6443/tcp', '9345/tcp'];
const TO_ALL = ['10250/tcp', '30000-32767/tcp'];
const ETCD = ['2379/tcp', '2380/tcp', '2381/tcp'];
const CILIUM = ['0/icmp', '8/icmp', '4240/tcp', '8472/udp'];

function between(ports: readonly string[], sources: readonly string[], destinations: readonly string[]): Opened[] {
  return ports.flatMap((port) =>
    sources.flatMap((source) => destinations.map((destination) => `${port} ${source} > ${destination}`)),
  );
}

const NODES = ['server', 'agent'];
const RKE2 = [
  ...between(TO_SERVERS, NODES, ['server']),
  ...between(TO_ALL, NODES, NODES),
  ...between(ETCD, ['server'], ['server']),
  ...between(CILIUM, NODES, NODES),
];
const PRODUCT = ['--product', 'rke2:cni=cilium'];
const ROLES = ['--role', 'server=aws_security_group.server', '--role', 'agent=sg:aws_security_group.agent'];

async function covered(...argv: string[]): Promise<any> {
  const { code, stdout, stderr } = await cli(['cover', ...argv, '--format', 'json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

function missingIn({ missing }: any): string[] {
  return missing.map(({ state, ports, from, to }: any) => `${state} ${ports} ${from} > ${to}`);
}

function undocumentedIn({ undocumented }: any): string[] {
  return undocumented.map(({ undocumented: ports, from, to }: any) => `${ports} ${from} > ${to}`);
}

/** Returns a state of a security group for etcd's row on 2391, and the synthesized stack that it is of. */
function movedState(description: string): { state: string; stack: string } {
  const app = new App({ outdir: `${path}/moved`, skipValidation: true });
  const stack = new TerraformStack(app, 'rke2');
  const [server, agent] = ['server', 'agent'].map(
    (name) => new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress: Egress.UNMANAGED }),
  );
  new Rke2Rules(stack, 'rules', {
    server,
    agent,
    cni: Rke2Cni.CILIUM,
    ports: { supervisor: Port.tcp(9346) },
  });
  app.synth();
  const json = JSON.parse(readFileSync(`${path}/moved/stacks/rke2/cdk.tf.json`, 'utf8'));
  delete json['//'];
  for (const rule of Object.values<any>(json.resource.aws_vpc_security_group_ingress_rule)) {
    if (rule.from_port === 9346) rule.description = description.replace('DOCUMENTED', rule.description);
  }
  return { state: file('state.tf.json', JSON.stringify(json)), stack: `${path}/moved/stacks/rke2` };
}

describe('a row that was moved', () => {
  test('is told from the description of its rule if the synthesized stack is not given', async () => {
    const { state, stack } = movedState('DOCUMENTED');
    const found = await covered(state, ...PRODUCT);
    expect(found.undocumented.map(({ port, moved }: any) => [port, moved.length, moved[0].documentedPort])).toEqual([
      ['9346/tcp', 1, '9345/tcp'],
      ['9346/tcp', 1, '9345/tcp'],
    ]);
    expect(found.missing.map(({ ports, movedTo }: any) => [ports, movedTo])).toEqual([[['9345/tcp'], ['9346/tcp']]]);
    const { stdout } = await cli(['cover', state, ...PRODUCT]);
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toContain('document: 9345/tcp');
    expect(text).toContain('--why with the synthesized stacks compares the ports that were asked for');
    expect(await covered(state, ...PRODUCT, '--why', stack)).toMatchObject({ undocumented: [], missing: [] });
  });

  test.each([
    ['names no row', 'RKE2 supervisor API'],
    ['does not say that it was moved', 'RKE2 supervisor API [rke2@2026-05/agent-to-server/supervisor]'],
  ])('is not believed if the description %s', async (_, description) => {
    const { state } = movedState(description);
    const { undocumented, missing } = await covered(state, ...PRODUCT);
    expect(undocumented.map(({ port, moved }: any) => [port, moved])).toEqual([
      ['9346/tcp', undefined],
      ['9346/tcp', undefined],
    ]);
    expect(missing.map(({ movedTo }: any) => movedTo)).toEqual([undefined]);
  });
});

describe('without provenance', () => {
  test('finds nothing if exactly the documented ports are open', async () => {
    const whole = written('whole', RKE2);
    for (const roles of [[], ROLES]) {
      const found = await covered(whole, ...PRODUCT, ...roles);
      expect(found).toMatchObject({ missing: [], undocumented: [], notEvaluated: [], isComplete: true });
      expect(found.rows).toBe(11);
      expect(found.found).toBe(11);
      expect(found.unknownRoles).toEqual(roles.length === 0 ? ['rke2.server', 'rke2.agent'] : []);
    }
  });

  test.each(RKE2)('with roles, finds that %s is not open', async (left) => {
    const found = await covered(
      written(
        'one-less',
        RKE2.filter((each) => each !== left),
      ),
      ...PRODUCT,
      ...ROLES,
    );
    const [port, source, , destination] = left.split(' ');
    expect(missingIn(found)).toEqual([
      `closed ${port} sg:aws_security_group.${source} > sg:aws_security_group.${destination}`,
    ]);
  });

  test.each([...TO_SERVERS, ...TO_ALL, ...ETCD, ...CILIUM])(
    'without roles, finds that %s is open nowhere',
    async (port) => {
      const rest = RKE2.filter((each) => !each.startsWith(`${port} `));
      const found = await covered(written('none', rest), ...PRODUCT);
      expect(found.missing.map(({ state, ports }: any) => `${state} ${ports}`)).toEqual([`closed ${port}`]);
      expect(found.missing[0]).toMatchObject({ table: 'rke2', reference: expect.stringContaining('rke2-docs') });
    },
  );

  test('finds the part of a range that is not open', async () => {
    const rest = RKE2.filter((each) => !each.startsWith('30000'));
    const part = [...rest, ...between(['30000-31999/tcp'], NODES, NODES)];
    const found = await covered(written('part', part), ...PRODUCT);
    const roles = ['server>server', 'agent>server', 'server>agent', 'agent>agent'];
    expect(found.missing).toMatchObject([{ port: '30000-32767/tcp', ports: ['32000-32767/tcp'], roles }]);
  });

  test('names every rule behind ports that are open at all machines of a network, or to all IP addresses', async () => {
    const firewall = (name: string, more: object): object => ({
      name,
      network: 'prod',
      project: 'net',
      allow: [{ protocol: 'tcp', ports: ['22'] }],
      ...more,
    });
    const firewalls = {
      whole: firewall('whole', { source_ranges: ['0.0.0.0/0'] }),
      narrow: firewall('narrow', { source_ranges: ['10.0.0.0/8'], target_tags: ['web'] }),
      tagged: firewall('tagged', { source_tags: ['bastion'], target_tags: ['web'] }),
      other: firewall('other', { network: 'test', source_ranges: ['0.0.0.0/0'], target_tags: ['web'] }),
    };
    const json = file('all.tf.json', JSON.stringify({ resource: { google_compute_firewall: firewalls } }));
    const { undocumented } = await covered(json, ...PRODUCT);
    expect(undocumented.map(({ network, rules }: any) => `${network}: ${[...rules].sort().join()}`)).toContain(
      'net/prod: google_compute_firewall.narrow,google_compute_firewall.tagged,google_compute_firewall.whole',
    );
    expect(undocumented.map(({ network, rules }: any) => `${network}: ${rules}`)).toContain(
      'net/test: google_compute_firewall.other',
    );
  });

  test('finds open ports that no product documents, and who does', async () => {
    const more = [...RKE2, '22/tcp 0.0.0.0/0 > server', '2381-2382/tcp agent > server', '9099/tcp agent > agent'];
    const found = await covered(written('more', more), ...PRODUCT);
    expect(undocumentedIn(found).sort()).toEqual([
      '22/tcp 0.0.0.0/0 > sg:aws_security_group.server',
      // without roles, 2381/tcp is documented between any machines
      '2382/tcp sg:aws_security_group.agent > sg:aws_security_group.server',
      '9099/tcp sg:aws_security_group.agent > sg:aws_security_group.agent',
    ]);
    const [canal] = found.undocumented.filter(({ port }: any) => port === '9099/tcp');
    // RKE2: "9099 TCP All RKE2 nodes, All RKE2 nodes, Canal CNI health checks", which is a different CNI plugin
    expect(canal).toMatchObject({ documentedBy: { named: ['rke2'] } });
    expect(canal.rules).toEqual([`aws_vpc_security_group_ingress_rule.r${more.length - 1}`]);
    const both = await covered(written('more', more), ...PRODUCT, ...ROLES);
    expect(undocumentedIn(both)).toContain('2381-2382/tcp sg:aws_security_group.agent > sg:aws_security_group.server');
  });

  test('with roles, a documented port that is open to more than its role is not documented', async () => {
    const world = written('world', [...RKE2, '9345/tcp 0.0.0.0/0 > server', '2379/tcp 10.0.0.0/8 > server']);
    expect(undocumentedIn(await covered(world, ...PRODUCT))).toEqual([]);
    expect(undocumentedIn(await covered(world, ...PRODUCT, ...ROLES)).sort()).toEqual([
      '2379/tcp 10.0.0.0/8 > sg:aws_security_group.server',
      '9345/tcp 0.0.0.0/0 > sg:aws_security_group.server',
    ]);
  });

  test('takes IP ranges as the machines of a role', async () => {
    const wide = written(
      'ranges',
      RKE2.map((each) => each.replace(/ agent >/, ' 10.1.0.0/16 >')),
    );
    const ranges = (range: string): string[] => [...ROLES.slice(0, 2), '--role', `agent=${range}`];
    const inside = await covered(wide, ...PRODUCT, ...ranges('10.1.2.0/24'));
    // the ports of the agents themselves cannot be judged: no rules are for an IP range
    expect(missingIn(inside)).toEqual([]);
    const outside = await covered(wide, ...PRODUCT, ...ranges('10.2.0.0/16'));
    expect(missingIn(outside)).toContain('closed 9345/tcp 10.2.0.0/16 > sg:aws_security_group.server');
  });

  test('does not know whether a port is open to IP ranges that are known after apply', async () => {
    const more = { variable: { office: { type: 'string' } } };
    const rest = RKE2.filter((each) => !each.startsWith('9345/tcp agent'));
    const unknown = written('unknown', [...rest, '9345/tcp ${var.office} > server'], more);
    const found = await covered(unknown, ...PRODUCT, ...ROLES);
    expect(found.isComplete).toBe(false);
    expect(found.missing.map(({ port }: any) => port)).toEqual(['9345/tcp']);
  });

  test('does not know whether a port is open to a prefix list with unknown IP ranges', async () => {
    const rest = RKE2.filter((each) => !each.startsWith('9345/tcp agent'));
    const list = written('list', [...rest, '9345/tcp pl-0123456789abcdef0 > server']);
    const found = await covered(list, ...PRODUCT, ...ROLES.slice(0, 2), '--role', 'agent=10.1.0.0/16');
    expect(missingIn(found)).toContain('not known 9345/tcp 10.1.0.0/16 > sg:aws_security_group.server');
    expect((await cli(['cover', list, ...PRODUCT, ...ROLES])).stdout).toMatch(/^not known +9345\/tcp /m);
  });

  test('joins several products', async () => {
    // etcd, "Clustering": 2379 for clients and 2380 for peers
    const found = await covered(written('etcd', RKE2), ...PRODUCT, '--product', 'etcd');
    expect(found.products).toHaveLength(2);
    expect(missingIn(found)).toEqual([]);
  });
});

describe('with provenance', () => {
  test.each(['aws', 'gcp'])('knows the machines of the roles of constructs on %s', async (cloud) => {
    const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), cloud);
    const firewall = new GcpFirewall({ network: 'prod', project: 'net-host', egress: Egress.UNMANAGED });
    const [server, agent] = NODES.map((name) =>
      cloud === 'aws'
        ? new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress: Egress.UNMANAGED })
        : firewall.networkTag(name),
    );
    const omit = cloud === 'gcp' ? ['cilium-ping', 'cilium-ping-reply'] : undefined;
    new Rke2Rules(stack, 'rke2', { server, agent, cni: Rke2Cni.CILIUM, omit });
    const json = JSON.parse(JSON.stringify(stack.toTerraform()));
    const found = await covered(file(`${cloud}.json`, JSON.stringify(json)), ...PRODUCT);
    expect(found.unknownRoles).toEqual([]);
    expect(undocumentedIn(found)).toEqual([]);
    expect(found.missing.map(({ row }: any) => row)).toEqual(
      omit === undefined ? [] : ['cilium-ping-reply', 'cilium-ping'],
    );
    const canal = await covered(`${path}/${cloud}.json`, '--product', 'rke2');
    // "9099 TCP All RKE2 nodes, All RKE2 nodes, Canal CNI health checks"; 4240 and ICMP are Cilium's
    expect(canal.missing.map(({ ports }: any) => ports[0])).toEqual(['9099/tcp']);
    expect(new Set(canal.undocumented.flatMap(({ undocumented }: any) => undocumented))).toEqual(
      new Set(['4240/tcp', ...(omit === undefined ? ['0/icmp', '8/icmp'] : [])]),
    );
  });

  test('compares each construct with its own machines, at the ports that the user moved', async () => {
    const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'two-clusters');
    const omit = ['cilium-ping', 'cilium-ping-reply'];
    for (const cluster of ['blue', 'green']) {
      const firewall = new GcpFirewall({
        network: 'prod',
        project: 'net-host',
        egress: Egress.UNMANAGED,
        namePrefix: `${cluster}-`,
      });
      const [server, agent] = NODES.map((name) => firewall.networkTag(`${cluster}-${name}`));
      const ports: Record<string, Port> = cluster === 'blue' ? { supervisor: Port.tcp(9346) } : {};
      new Rke2Rules(stack, cluster, { server, agent, cni: Rke2Cni.CILIUM, omit, ports });
    }
    const json = JSON.parse(JSON.stringify(stack.toTerraform()));
    const found = await covered(file('two-clusters.json', JSON.stringify(json)), ...PRODUCT);
    expect(undocumentedIn(found)).toEqual([]);
    expect(new Set(missingIn(found).map((text) => text.split(' ')[1]))).toEqual(new Set(['0/icmp', '8/icmp']));
    expect(missingIn(found).filter((text) => text.includes('blue') && text.includes('green'))).toEqual([]);
    expect(JSON.stringify(found.notes)).toContain('supervisor is moved: 9346/tcp');
  });
});

describe('the gates', () => {
  const whole = (): string => written('gate-whole', RKE2);
  const less = (): string => written('gate-less', RKE2.slice(1));
  const more = (): string => written('gate-more', [...RKE2, '22/tcp 10.0.0.0/8 > agent']);
  const unknown = (): string => written('gate-unknown', RKE2, { module: { other: { source: './other' } } });

  test.each<[string, () => string, string[], number]>([
    ['nothing', more, [], 0],
    ['an open port', more, ['--fail-on', 'undocumented'], 1],
    ['an open port', more, ['--fail-on', 'missing'], 0],
    ['a missing port', less, ['--fail-on', 'missing', ...ROLES], 1],
    ['a missing port', less, ['--fail-on', 'undocumented', ...ROLES], 0],
    ['both', whole, ['--fail-on', 'undocumented,missing,not-evaluated', ...ROLES], 0],
    ['what is not evaluated', unknown, ['--fail-on', 'not-evaluated'], 1],
    ['what is not evaluated', unknown, ['--fail-on', 'missing'], 0],
  ])('%s (%#): the exit code is as the gates say', async (_what, configuration, options, code) => {
    expect((await cli(['cover', configuration(), ...PRODUCT, ...options])).code).toBe(code);
  });
});

describe('the output', () => {
  test('has lines of at most 120 characters, and says what it does not know', async () => {
    const found = await cli(['cover', written('text', [...RKE2.slice(2), '22/tcp 0.0.0.0/0 > server']), ...PRODUCT]);
    expect(found.stdout.split('\n').filter((line) => line.length > 120)).toEqual([]);
    expect(found.stdout).toMatch(/^not documented +22\/tcp +0\.0\.0\.0\/0 /m);
    expect(found.stdout).toMatch(/^not open +6443\/tcp +server, agent +server +api-server/m);
    expect(found.stdout).toContain(
      '10 of 11 documented rows are open, 1 open and not documented, 1 documented and not open.',
    );
    expect(found.stdout).toContain('The machines of rke2.server, rke2.agent are not known');
    expect(found.stdout).toContain('outbound rules, and firewalls that are not in these files, were not.');
  });

  test('names the outbound rules, which are not compared', async () => {
    const more = {
      resource: {
        aws_security_group: { server: { name: 'server', vpc_id: 'vpc-0123456789abcdef0' } },
        aws_vpc_security_group_egress_rule: {
          all: { security_group_id: '${aws_security_group.server.id}', ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' },
        },
      },
    };
    const configuration = written('outbound', [], more);
    const { stdout } = await cli(['cover', configuration, ...PRODUCT]);
    expect(stdout).toContain('Outbound rules that allow: aws_vpc_security_group_egress_rule.all.');
    expect((await covered(configuration, ...PRODUCT)).outboundRulesNotCompared).toEqual([
      'aws_vpc_security_group_egress_rule.all',
    ]);
    const none = written('no-outbound', RKE2);
    expect((await cli(['cover', none, ...PRODUCT])).stdout).not.toContain('Outbound rules that allow');
  });

  test('says that nothing was found, and only of what could be evaluated', async () => {
    const run = async (name: string, more = {}): Promise<string> =>
      (await cli(['cover', written(name, RKE2, more), ...PRODUCT])).stdout;
    expect(await run('nothing')).toContain('Every open port is documented, and every documented port is open.\n');
    expect(await run('not-all', { module: { other: { source: './other' } } })).toContain(
      'every documented port is open, as far as it could be evaluated.\n',
    );
  });

  test('has a verdict in Markdown', async () => {
    const argv = [
      'cover',
      written('markdown', RKE2.slice(2)),
      ...PRODUCT,
      '--format',
      'markdown',
      '--fail-on',
      'missing',
    ];
    const { code, stdout } = await cli(argv);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^## Open ports and documented ports$/m);
    expect(stdout).toMatch(/^\| not open \| `6443\/tcp` \| server<br>agent \| server \|/m);
    expect(stdout).toContain('`--fail-on missing` stops this configuration.');
  });
});

test('fails for products, roles and machines that do not exist', async () => {
  const whole = written('bad', RKE2);
  await expectUsageError(['cover', whole], "cluster-ports cover: required option '--product <table>' not specified");
  await expectBadInput(['cover', whole, '--product', 'no-such-product-at-all'], 'table-unknown');
  await expectBadInput(['cover', whole, '--product', 'rke2@1999-01:cni=cilium'], 'edition-unknown');
  await expectBadInput(['cover', whole, '--product', 'rke2:zzzzzz=cilium'], 'option-unknown');
  await expectBadInput(['cover', whole, '--product', 'rke2:cni=zzzzzz'], 'choice-unknown');
  await expectBadInput(['cover', whole, '--product', ':cni'], 'named-list-invalid');
  await expectBadInput(['cover', whole, ...PRODUCT, '--role', 'zzzzzz=tag:web'], 'role-unknown');
  await expectBadInput(['cover', whole, ...PRODUCT, '--role', 'server=tag:zzzzzz'], 'group-unknown');
  await expectBadInput(['cover', whole, ...PRODUCT, '--role', 'server'], 'named-list-invalid');
});
