import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { checkJunit } from '../../lib/checks/check-junit';
import type { CheckedEndpoint } from '../../lib/checks/check-plan';
import { checkExitCode, checkJson, checkLines, type CheckReport } from '../../lib/checks/check-report';
import { checkScript } from '../../lib/checks/check-script';
import { type CheckResult, Outcome, runChecks } from '../../lib/checks/run-checks';
import { Port } from '../../lib/net/port';
import { flow, HOSTILE, hostileFlow } from '../support/traced';

const LOOPBACK = '127.0.0.1';
let server: Server;
let open: number;
let closed: number;

beforeAll(async () => {
  const other = createServer();
  server = createServer((socket) => socket.destroy());
  for (const each of [server, other]) await new Promise<void>((listening) => each.listen(0, LOOPBACK, listening));
  open = (server.address() as AddressInfo).port;
  closed = (other.address() as AddressInfo).port;
  await new Promise((end) => other.close(end));
});
afterAll(async () => new Promise((end) => server.close(end)));

function endpoint(host: string, port: number): CheckedEndpoint {
  return { host, port, flows: [flow()] };
}

function result(outcome: Outcome, host = '10.2.0.7'): CheckResult {
  return { endpoint: endpoint(host, 443), outcome, attempts: 1, milliseconds: 12 };
}

test('distinguishes an open port, a closed port and an unknown name', async () => {
  const hosts = [endpoint(LOOPBACK, open), endpoint(LOOPBACK, closed), endpoint('no-such-host.invalid', 443)];
  const results = await runChecks(hosts);
  expect(results.map(({ outcome, attempts }) => [outcome, attempts])).toEqual([
    [Outcome.OPEN, 1],
    [Outcome.REFUSED, 1],
    [Outcome.NAME_NOT_FOUND, 2],
  ]);
});

const LOOPBACK_IPV6 = '::1';
const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === LOOPBACK_IPV6));

(hasIpv6 ? test : test.skip)('connects over IPv6', async () => {
  const listener = createServer((socket) => socket.destroy());
  await new Promise<void>((listening) => listener.listen(0, LOOPBACK_IPV6, listening));
  const { port } = listener.address() as AddressInfo;
  expect(await runChecks([endpoint(LOOPBACK_IPV6, port)])).toMatchObject([{ outcome: Outcome.OPEN }]);
  await new Promise((end) => listener.close(end));
  expect(await runChecks([endpoint(LOOPBACK_IPV6, port)])).toMatchObject([{ outcome: Outcome.REFUSED }]);
});

// a stopped listener with a full queue: Linux drops further packets, as a firewall does
(process.platform === 'linux' ? test : test.skip)('ends an attempt without an answer after its timeout', async () => {
  const listen = `require('net').createServer().listen({ port: 0, host: '${LOOPBACK}', backlog: 1 }, function () { console.log(this.address().port) })`;
  const listener = spawn(process.execPath, ['-e', listen], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = (await once(listener.stdout, 'data')) as [Buffer];
    listener.kill('SIGSTOP');
    const endpoints = Array.from({ length: 4 }, () => endpoint(LOOPBACK, Number(line)));
    const results = await runChecks(endpoints, { timeoutMs: 300, concurrency: 1 });
    expect(results.at(-1)).toMatchObject({ outcome: Outcome.TIMED_OUT, attempts: 2 });
  } finally {
    listener.kill('SIGKILL');
  }
});

test('tries again if there is no answer, limits parallel attempts, and keeps the order', async () => {
  const tried: string[] = [];
  let running = 0;
  let most = 0;
  const seen: string[] = [];
  const results = await runChecks(
    ['a', 'b', 'c', 'd'].map((host) => endpoint(host, 1)),
    {
      concurrency: 2,
      timeoutMs: 7,
      attempt: async (host, _port, timeoutMs) => {
        expect(timeoutMs).toBe(7);
        most = Math.max(most, ++running);
        await new Promise((end) => setImmediate(end));
        running--;
        tried.push(host);
        return host === 'b' && tried.filter((each) => each === 'b').length > 1
          ? Outcome.OPEN
          : host === 'a'
            ? Outcome.REFUSED
            : Outcome.TIMED_OUT;
      },
      onResult: ({ endpoint: { host } }, done, all) => seen.push(`${host} ${done}/${all}`),
    },
  );
  expect(most).toBe(2);
  expect(tried.sort()).toEqual(['a', 'b', 'b', 'c', 'c', 'd', 'd']);
  expect(results.map(({ outcome, attempts }) => `${outcome} ${attempts}`)).toEqual([
    'refused 1',
    'open 2',
    'timed out 2',
    'timed out 2',
  ]);
  expect(seen).toHaveLength(4);
  expect(seen.at(-1)).toMatch(/ 4\/4$/);
});

const report: CheckReport = {
  results: [result(Outcome.OPEN), result(Outcome.REFUSED, '2001:db8::7'), result(Outcome.TIMED_OUT)],
  notCheckable: [{ flow: flow({ port: Port.udp(8472) }), reason: 'UDP' }],
};

/** The same check by hand, in the words of vCluster's document. */
const byHand = (host: string, port: number): string =>
  `by hand: nc -zv ${host} ${port}, expect "Connection to ${host} ${port} port [tcp/...] succeeded!"`;

test('prints a line for every endpoint and the number of each outcome', () => {
  expect(checkLines(report)).toBe(
    [
      'Outcome        Endpoint               Purpose                  Meaning',
      'open           10.2.0.7:443/tcp       servers: The web server  something listens and answers',
      `    ${byHand('10.2.0.7', 443)}`,
      'refused        [2001:db8::7]:443/tcp  servers: The web server  something answered with a reset: nothing listens yet, or a firewall rejects the connection',
      `    ${byHand('2001:db8::7', 443)}`,
      '    most likely: nothing listens at the port yet; fewer firewalls reject connections than drop their packets',
      '    if closed: the document does not say what fails',
      'timed out      10.2.0.7:443/tcp       servers: The web server  a firewall drops the packets, or no machine has this IP address',
      `    ${byHand('10.2.0.7', 443)}`,
      '    most likely: a firewall drops the packets to this port, because the machine answers at 443/tcp: the firewall team may not have opened it yet',
      '    if closed: the document does not say what fails',
      'not evaluated  8472/udp               servers: The web server  UDP',
      '    if closed: the document does not say what fails',
      '',
      '1 open, 1 timed out, 1 connection not evaluated; not shown to be open: 1 refused',
      '',
    ].join('\n'),
  );
  expect(checkLines({ results: [], notCheckable: [] })).toBe('nothing to check\n');
});

test.each<[Outcome[], number, number]>([
  [[Outcome.OPEN], 0, 0],
  [[Outcome.OPEN, Outcome.REFUSED], 1, 0],
  [[Outcome.OPEN, Outcome.TIMED_OUT], 1, 1],
  [[Outcome.UNREACHABLE], 1, 1],
  [[Outcome.NAME_NOT_FOUND], 1, 1],
  [[Outcome.NOT_TRIED], 1, 1],
  [[], 2, 2],
])('%j exits with code %d, and with %d if refused connections are accepted', (outcomes, code, accepted) => {
  const found = { results: outcomes.map((outcome) => result(outcome)), notCheckable: [] };
  expect([checkExitCode(found), checkExitCode({ ...found, acceptsRefused: true })]).toEqual([code, accepted]);
});

const CAUSES = [
  undefined,
  'nothing listens at the port yet; fewer firewalls reject connections than drop their packets',
  'a firewall drops the packets to this port, because the machine answers at 443/tcp: the firewall team may not have opened it yet',
];

test('renders JSON for programs', () => {
  expect(JSON.parse(checkJson(report))).toEqual({
    version: 1,
    passed: false,
    notEvaluated: [],
    results: ['open', 'refused', 'timed out'].map((outcome, at) => ({
      host: at === 1 ? '2001:db8::7' : '10.2.0.7',
      command: `nc -zv ${at === 1 ? '2001:db8::7' : '10.2.0.7'} 443`,
      expected: `Connection to ${at === 1 ? '2001:db8::7' : '10.2.0.7'} 443 port [tcp/...] succeeded!`,
      port: 443,
      protocol: 'tcp',
      outcome,
      ...(CAUSES[at] !== undefined && { likelyCause: CAUSES[at] }),
      attempts: 1,
      milliseconds: 12,
      rows: ['table@2024-12/client-to-server/web'],
      destination: 'servers',
    })),
    notCheckable: [
      { destination: 'servers', port: '8472/udp', row: 'table@2024-12/client-to-server/web', reason: 'UDP' },
    ],
  });
});

test('renders JUnit XML in which a blocked port is a failure', () => {
  expect(checkJunit(report)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="4" failures="2" errors="0">
  <testsuite name="cluster-ports verify" tests="4" failures="2" errors="0" skipped="1" time="0.012">
    <testcase classname="servers" name="10.2.0.7:443/tcp servers: The web server" time="0.012">
      <system-out>open: something listens and answers; by hand: nc -zv 10.2.0.7 443, expect &quot;Connection to 10.2.0.7 443 port [tcp/...] succeeded!&quot;</system-out>
    </testcase>
    <testcase classname="servers" name="[2001:db8::7]:443/tcp servers: The web server" time="0.012">
      <failure type="refused" message="refused: something answered with a reset: nothing listens yet, or a firewall rejects the connection; most likely: nothing listens at the port yet; fewer firewalls reject connections than drop their packets; if closed: the document does not say what fails"/>
      <system-out>by hand: nc -zv 2001:db8::7 443, expect &quot;Connection to 2001:db8::7 443 port [tcp/...] succeeded!&quot;</system-out>
    </testcase>
    <testcase classname="servers" name="10.2.0.7:443/tcp servers: The web server" time="0.012">
      <failure type="timed out" message="timed out: a firewall drops the packets, or no machine has this IP address; most likely: a firewall drops the packets to this port, because the machine answers at 443/tcp: the firewall team may not have opened it yet; if closed: the document does not say what fails"/>
      <system-out>by hand: nc -zv 10.2.0.7 443, expect &quot;Connection to 10.2.0.7 443 port [tcp/...] succeeded!&quot;</system-out>
    </testcase>
    <testcase classname="servers" name="8472/udp The web server" time="0">
      <skipped message="UDP; if closed: the document does not say what fails"/>
    </testcase>
  </testsuite>
</testsuites>
`);
});

const shells = [['sh'], ['dash'], ['busybox', 'sh'], ['bash', '--posix']].filter(
  ([shell]) => spawnSync(shell, ['--help']).error === undefined,
);
/** Replaces nc by a function with one open port, which prints its calls for the test. */
const NC = 'exec 3>&1\nnc() { echo "nc $*" >&3; echo "${NC_OUTPUT-}" >&2; [ "$5" = 443 ]; }\n';

describe.each(shells)('the script in %s', (...shell) => {
  const run = (script: string, ncOutput = ''): ReturnType<typeof spawnSync> =>
    spawnSync(shell[0], [...shell.slice(1), '-c', NC + script], {
      encoding: 'utf8',
      env: { ...process.env, NC_OUTPUT: ncOutput },
    });

  test('calls nc as the vendor does and exits with the right code', () => {
    const endpoints = [endpoint('10.2.0.7', 443), endpoint('2001:db8::7', 80)];
    const { status, stdout, stderr } = run(checkScript({ endpoints, notCheckable: report.notCheckable }), 'no answer');
    expect((stdout as string).split('\n')).toEqual([
      'nc -zv -w 4 10.2.0.7 443',
      'open            10.2.0.7 443 servers: The web server',
      `    ${byHand('10.2.0.7', 443)}`,
      'nc -zv -w 4 2001:db8::7 80',
      'nc -zv -w 4 2001:db8::7 80',
      'timed out       2001:db8::7 80 servers: The web server',
      `    ${byHand('2001:db8::7', 80)}`,
      '    most likely: a firewall drops the packets',
      '    if closed: the document does not say what fails',
      '1 of 2 not reached; not shown to be open: 0 refused',
      '',
    ]);
    expect(stderr).toBe('no answer\nno answer\n');
    expect(status).toBe(1);
    expect(run(checkScript({ endpoints: endpoints.slice(0, 1), notCheckable: [] })).status).toBe(0);
    expect(run(checkScript({ endpoints: [], notCheckable: [] }))).toMatchObject({
      status: 2,
      stdout: 'nothing to check\n',
    });
    expect(
      run(checkScript({ endpoints: endpoints.slice(0, 1), notCheckable: [] }, { timeoutMs: 1500 })).stdout,
    ).toContain('-w 2 ');
  });

  test.each([
    ['nc: connect to 10.2.0.7 port 80 (tcp) failed: Connection refused', 'refused', 1],
    ['Ncat: Connection refused.', 'refused', 1],
    ['(UNKNOWN) [10.2.0.7] 80 (http) : Connection refused', 'refused', 1],
    ['nc: connect to 10.2.0.7 port 80 (tcp) timed out: Operation now in progress', 'timed out', 1],
    ['Ncat: TIMEOUT.', 'timed out', 1],
    ['nc: connect to 10.2.0.7 port 80 (tcp) failed: Network is unreachable', 'unreachable', 1],
    ['nc: connect to 10.2.0.7 port 80 (tcp) failed: No route to host', 'unreachable', 1],
    ['nc: getaddrinfo for host "web" port 80: Name or service not known', 'name not found', 1],
    ['Ncat: Could not resolve hostname "web": Name or service not known. QUITTING.', 'name not found', 1],
    ["nc: bad address 'web'", 'name not found', 1],
    ["nc: invalid option -- 'z'", 'not tried', 1],
  ])('understands the message of nc %j', (ncOutput, outcome, status) => {
    const plan = { endpoints: [endpoint('10.2.0.7', 80)], notCheckable: [] };
    const found = run(checkScript(plan), ncOutput);
    expect(found.status).toBe(status);
    const accepted = run(checkScript(plan, { acceptsRefused: true }), ncOutput);
    expect(accepted.status).toBe(outcome === 'refused' ? 0 : status);
    expect((found.stdout as string).split('\n').filter((line) => line.startsWith(`${outcome} `))).toHaveLength(1);
  });

  test.each(HOSTILE)('keeps text such as %j as text', (text) => {
    const flows = [hostileFlow(text)];
    const notCheckable = [{ flow: flows[0], reason: text }];
    const { status, stderr, stdout } = run(
      checkScript({ endpoints: [{ host: 'web', port: 443, flows }], notCheckable }),
    );
    expect([status, stderr]).toEqual([0, '']);
    const [call, ...lines] = (stdout as string).split('\n');
    expect(call).toBe('nc -zv -w 4 web 443');
    expect(lines).toHaveLength(4);
  });
});

test.each(HOSTILE)('keeps text such as %j as text in lines, JSON and XML', (text) => {
  const flows = [hostileFlow(text)];
  const hostile: CheckReport = {
    results: [{ ...result(Outcome.OPEN), endpoint: { host: 'web', port: 443, flows } }],
    notCheckable: [{ flow: flows[0], reason: text }],
  };
  expect(checkLines(hostile).split('\n')).toHaveLength(9);
  expect(JSON.parse(checkJson(hostile)).notCheckable[0].reason).toBe(text);
  const xml = checkJunit(hostile);
  expect(xml.split('\n')).toHaveLength(13);
  expect(xml.replace(/"[^"<>]*"/g, '""')).not.toMatch(/script|[`$']/);
});
