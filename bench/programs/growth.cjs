// Measures one place that could grow faster than its input: node growth.cjs <count> <place> <checkout>
// Prints the CPU time of the place itself in milliseconds, without that of making its input.
const { createRequire } = require('node:module');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const [, , text, place, checkout = process.cwd()] = process.argv;
const count = Number(text);
const load = createRequire(join(checkout, 'package.json'));
const traffic = () => load('./dist/traffic/index.js');
const firewall = (index, rule) => [`r${index}`, { name: `r${index}`, network: 'n', project: 'p', ...rule }];
const firewalls = (ofIndex) => ({
  resource: {
    google_compute_firewall: Object.fromEntries(
      Array.from({ length: count }, (_, index) => ofIndex(index)).flatMap((rules, index) =>
        rules.map((rule, at) => firewall(`${index}-${at}`, rule)),
      ),
    ),
  },
});
const ports = (from, to = from) => [{ protocol: 'tcp', ports: [from === to ? `${from}` : `${from}-${to}`] }];
const range = (index) => `10.${(index >> 8) & 255}.${index & 255}.0/24`;
const allow = (index) => ({
  allow: ports(1000 + (index % 5000)),
  source_ranges: [range(index)],
  target_tags: [`t${index % 1000}`],
});
const plain = () => firewalls((index) => [allow(index)]);
const byTag = () =>
  firewalls((index) => [
    { priority: 1000, allow: ports(443), source_tags: [`a${index}`], target_tags: [`t${index}`] },
    { priority: 900, deny: ports(443), source_ranges: [range(index)], target_tags: [`d${index}`] },
  ]);
const bySourceTag = () =>
  firewalls((index) => [
    { priority: 1000, allow: ports(443), source_ranges: [range(index)], target_tags: [`t${index}`] },
    { priority: 900 - (index % 900), deny: ports(443), source_tags: [`s${index}`] },
  ]);
const byPriority = () =>
  firewalls((index) => [
    { priority: index % 60_000, ...allow(index) },
    {
      priority: (index + 1) % 60_000,
      deny: ports(index % 5000, (index % 5000) + 100),
      source_ranges: [range(index)],
      target_tags: [`t${index % 1000}`],
    },
  ]);
const groups = () => ({
  resource: {
    aws_vpc_security_group_ingress_rule: Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `r${index}`,
        {
          security_group_id: `sg-${(index % 200).toString(16).padStart(8, '0')}`,
          ip_protocol: index % 3 === 0 ? 'udp' : 'tcp',
          from_port: (index * 7919) % 60_000,
          to_port: ((index * 7919) % 60_000) + [0, 0, 10, 1000, 5000][index % 5],
          cidr_ipv4: `10.${(index * 31) % 256}.${(index * 17) % 256}.0/24`,
        },
      ]),
    ),
  },
});

/** Changes the first rule, and compares. */
function diffOf(json) {
  const { diff, readTerraform } = traffic();
  const changed = structuredClone(json);
  const [[first]] = Object.values(changed.resource).map(Object.values);
  if (first.allow) first.allow = ports(7);
  else [first.from_port, first.to_port] = [7, 7];
  const [before, after] = [readTerraform(json, 'before'), readTerraform(changed, 'after')];
  return () => diff(before, after);
}

/** Compares with nothing, as the first plan of a stack does. */
function firstDiffOf(json) {
  const { diff, readTerraform } = traffic();
  const [before, after] = [readTerraform({ resource: {} }, 'before'), readTerraform(json, 'after')];
  return () => diff(before, after);
}

function readOf(json) {
  const { readTerraform } = traffic();
  return () => readTerraform(json, 'file');
}

function lintOf(json) {
  const { lint, readTerraform } = traffic();
  const configuration = readTerraform(json, 'file');
  return () => lint(configuration);
}

function stackWith(open) {
  const { App, TerraformStack } = load('cdktf');
  const { AwsProvider } = load('@cdktf/provider-aws/lib/provider');
  const stack = new TerraformStack(new App({ outdir: join(tmpdir(), `growth-${process.pid}`) }), 'bench');
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  return () => open(stack, load('./dist/index.js'));
}

/** Constructs that all need the same three rules. */
function askers() {
  return stackWith((stack, { AwsSecurityGroup, Peer, VClusterPlatformIngressRules }) => {
    const platform = AwsSecurityGroup.fromId('sg-0123456789abcdef0');
    for (let index = 0; index < count; index++) {
      new VClusterPlatformIngressRules(stack, `r${index}`, { kubernetesApi: Peer.cidr('10.0.0.0/24'), platform });
    }
  });
}

const tableOf = (flows) => ({
  id: 'own',
  title: 'Own',
  reference: 'https://example.com/ports',
  edition: '2024-12',
  comparedOn: '2024-12-01',
  flows,
});

function tableRows() {
  return stackWith((stack, { Basis, DocumentedPortRules, ExternalHosts, Peer, Port }) => {
    const rows = Array.from({ length: count }, (_, index) => ({
      name: `r${index}`,
      port: Port.tcp(1 + (index % 65_000)),
      description: `Row ${index}`,
      section: 'Ports',
      protocolBasis: Basis.TABLE,
    }));
    const [source, destination] = ['a', 'b'].map((id) => ({ id, title: id }));
    const roles = { a: Peer.cidr('10.0.0.0/24'), b: ExternalHosts.named('b', '10.1.0.0/24') };
    new DocumentedPortRules(stack, 'own', { table: tableOf([{ source, destination, rows }]), roles });
  });
}

function tableRoles() {
  return stackWith((stack, { Basis, DocumentedPortRules, ExternalHosts, Peer, Port }) => {
    const row = { name: 'r', port: Port.tcp(443), description: 'Row', section: 'Ports', protocolBasis: Basis.TABLE };
    const pairs = Array.from({ length: count }, (_, index) => [`a${index}`, `b${index}`]);
    const flows = pairs.map((ids) => {
      const [source, destination] = ids.map((id) => ({ id, title: id }));
      return { source, destination, rows: [row] };
    });
    const roles = pairs.flatMap(([a, b], index) => [
      [a, Peer.cidr(range(index))],
      [b, ExternalHosts.named(b, `172.16.${(index >> 8) & 255}.${index & 255}/32`)],
    ]);
    new DocumentedPortRules(stack, 'own', { table: tableOf(flows), roles: Object.fromEntries(roles) });
  });
}

function matrix(render) {
  const { Port } = load('./dist/index.js');
  const documents = load('./dist/documents/index.js');
  const peer = (label) => ({ label, ranges: [], references: [], hostGroups: [], openToTheWorld: [] });
  const flows = Array.from({ length: count }, (_, index) => ({
    source: peer(`source ${index}`),
    destination: peer(`destination ${index}`),
    port: Port.tcp(443),
    description: 'Web',
    section: 'Web',
    document: { key: 'own@2024-12' },
  }));
  return () => render(documents, flows);
}

const PLACES = {
  'read of GCP firewalls': () => readOf(plain()),
  'read of AWS rules': () => readOf(groups()),
  'diff of GCP firewalls': () => diffOf(plain()),
  'diff of AWS rules': () => diffOf(groups()),
  'diff of allows beside denies by tag': () => diffOf(byTag()),
  'diff of allows beside denies by source tag': () => diffOf(bySourceTag()),
  'first diff of allows beside denies by source tag': () => firstDiffOf(bySourceTag()),
  'lint of GCP firewalls': () => lintOf(plain()),
  'lint of denies of many priorities': () => lintOf(byPriority()),
  'lint of denies by source tag': () => lintOf(bySourceTag()),
  'constructs that share a rule': askers,
  'rows of a port table': tableRows,
  'roles of a port table': tableRoles,
  'matrix as Markdown': () => matrix(({ matrixMarkdown }, flows) => matrixMarkdown(flows)),
  'matrix as CSV': () => matrix(({ csvTable, matrixTable }, flows) => csvTable(matrixTable(flows))),
};

if (place === undefined) {
  console.log(JSON.stringify(Object.keys(PLACES)));
} else {
  const run = PLACES[place]();
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  console.log(JSON.stringify((user + system) / 1000));
}
