import { spawnSync } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { checkJunit } from '../../lib/checks/check-junit';
import { checkPlan } from '../../lib/checks/check-plan';
import { checkJson, checkLines, type CheckReport } from '../../lib/checks/check-report';
import { checkScript } from '../../lib/checks/check-script';
import { Outcome } from '../../lib/checks/run-checks';
import { Port } from '../../lib/net/port';
import type { TracedFlow } from '../../lib/provenance/traced-flow';
import { flow, HOSTILE, peer } from '../support/traced';

const IMPACT = 'cost monitoring might fail: cost metrics are missing or unavailable';
const prometheus = flow({
  port: Port.tcp(9090),
  description: 'Cost control dashboard metrics',
  impact: IMPACT,
  destination: peer('prometheus-berlin', '10.8.0.7/32'),
  destinationRole: { id: 'prometheus', title: 'Prometheus' },
});
const many = { ...prometheus, destination: peer('prometheus', '10.8.0.0/24') };
const udp = flow({ port: Port.udp(8472), impact: 'pods cannot reach each other' });
/** The lines that the document of vCluster has below "Verify firewall rules", for the IP address of this test. */
const COMMAND = 'nc -zv 10.8.0.7 9090';
const EXPECTED = /Connection to 10\.8\.0\.7 9090 port \[tcp\/\S+\] succeeded!/;

function planOf(...flows: TracedFlow[]): ReturnType<typeof checkPlan> {
  return checkPlan(flows, { as: 'client', place: 'verify' });
}

function reportOf(outcome: Outcome, ...flows: TracedFlow[]): CheckReport {
  const { endpoints, notCheckable } = planOf(...flows);
  return {
    results: endpoints.map((endpoint) => ({ endpoint, outcome, attempts: 1, milliseconds: 5 })),
    notCheckable,
  };
}

test('prints the command of the document and the line to expect below each result', () => {
  const [, result, byHand] = checkLines(reportOf(Outcome.OPEN, prometheus)).split('\n');
  expect(result).toMatch(/^open {2}/);
  expect(byHand.trim()).toMatch(new RegExp(`^by hand: ${COMMAND}, expect "`));
  expect(byHand).toMatch(EXPECTED);
});

test.each([
  [Outcome.OPEN, []],
  [Outcome.REFUSED, [`if closed: ${IMPACT}`]],
  [Outcome.TIMED_OUT, [`if closed: ${IMPACT}`]],
])('says what fails while the port is closed only if it is not known to be open: %s', (outcome, lines) => {
  const text = checkLines(reportOf(outcome, prometheus));
  expect(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.startsWith('if closed')),
  ).toEqual(lines);
});

test('names the port of the document of a moved row, in every format', () => {
  const moved = { ...prometheus, port: Port.tcp(9091), documentedPort: Port.tcp(9090) };
  const elsewhere = { ...moved, destination: many.destination };
  const report = reportOf(Outcome.OPEN, moved, elsewhere);
  const texts = [checkLines(report), checkJunit(report), checkScript(planOf(moved, elsewhere))];
  for (const text of texts) {
    expect(text.match(/Cost control dashboard metrics \(document: 9090\/tcp\)/g)?.length).toBeGreaterThanOrEqual(2);
  }
});

test('prints the command with a placeholder for machines that are not named, and what fails', () => {
  const lines = checkLines(reportOf(Outcome.OPEN, many)).split('\n');
  expect(lines.map((line) => line.trim())).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^by hand: nc -zv <PROMETHEUS_IP> 9090, expect/),
      `if closed: ${IMPACT}`,
    ]),
  );
});

test('prints no command for UDP, which nc cannot check either', () => {
  const text = checkLines(reportOf(Outcome.OPEN, udp));
  expect(text).not.toContain('nc -zv');
  expect(text).toContain('if closed: pods cannot reach each other');
});

test('prints the command for a range of ports', () => {
  const text = checkLines(reportOf(Outcome.OPEN, flow({ ...many, port: Port.tcpRange(2379, 2380) })));
  expect(text).toContain('by hand: nc -zv <PROMETHEUS_IP> 2379-2380,');
});

test('has the same in JSON and JUnit', () => {
  const report = reportOf(Outcome.TIMED_OUT, prometheus, many);
  const { results, notCheckable } = JSON.parse(checkJson(report));
  expect(results[0]).toMatchObject({ command: COMMAND, expected: expect.stringMatching(EXPECTED), impacts: [IMPACT] });
  expect(notCheckable[0]).toMatchObject({ command: 'nc -zv <PROMETHEUS_IP> 9090', impacts: [IMPACT] });
  expect(JSON.parse(checkJson(reportOf(Outcome.OPEN, prometheus))).results[0].impacts).toBeUndefined();
  const junit = checkJunit(report);
  expect(junit).toMatch(/<failure type="timed out" message="[^"]*; if closed: cost monitoring[^"]*"\/>/);
  expect(junit).toMatch(/<skipped message="[^"]*; if closed: cost monitoring[^"]*"\/>/);
  expect(junit).toContain(`<system-out>by hand: ${COMMAND}`);
});

test('the script prints the command, the line to expect, and what fails', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const local = { ...prometheus, destination: peer('prometheus', '127.0.0.1/32') };
  const script = checkScript(planOf({ ...local, port: Port.tcp(port) }, { ...local, port: Port.tcp(1) }, many));
  const fake = script.replace('LC_ALL=C nc -zv -w "$seconds" "$1" "$2"', '[ "$2" -ne 1 ]');
  const { stdout, stderr } = spawnSync('sh', ['-c', `nc() { :; }\n${fake}`], { encoding: 'utf8' });
  server.close();
  expect(stderr).toBe('\n\n');
  const lines = stdout.split('\n').map((line) => line.trim());
  expect(lines.filter((line) => line.startsWith('by hand'))).toEqual([
    expect.stringContaining(`nc -zv 127.0.0.1 ${port}, expect "Connection to 127.0.0.1 ${port}`),
    expect.stringContaining('nc -zv 127.0.0.1 1,'),
  ]);
  expect(lines.filter((line) => line.startsWith('if closed'))).toEqual([`if closed: ${IMPACT}`]);
  expect(script).toContain(`# if closed: ${IMPACT}\n`);
});

test.each(HOSTILE)('keeps an impact such as %j on its line', (text) => {
  const hostile = { ...prometheus, impact: text };
  const lines = checkLines(reportOf(Outcome.REFUSED, hostile)).split('\n');
  expect(lines.filter((line) => line.startsWith('    '))).toHaveLength(3);
  const script = checkScript(planOf(hostile, { ...many, impact: text }));
  expect(spawnSync('sh', ['-n'], { input: script }).status).toBe(0);
  expect(script).not.toMatch(/[^\P{C}\n]/u);
});
