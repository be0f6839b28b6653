import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TerraformStack, Testing } from 'cdktf';
import {
  GcpFirewall,
  KubeadmFlannelClusterRules,
  Peer,
  PermittedTraffic,
  Port,
  PrometheusCostMetricsRule,
  TrafficDirection,
} from '../../lib';
import { newStack } from '../support/clouds';
import { errorOf, expectRefusal } from '../support/refusals';

const ROW = { port: '9090/tcp', from: '10.0.0.0/8', to: 'tag:prometheus' };
const CLOSED = { port: '22/tcp', from: '10.0.0.0/8', to: 'tag:prometheus' };
const METRICS = {
  direction: TrafficDirection.INGRESS,
  port: '9090/tcp',
  from: '10.0.0.0/8',
  to: 'tag:prometheus',
  network: 'prod',
  permitted: true,
  text: 'ingress 9090/tcp from 10.0.0.0/8 to tag:prometheus on prod',
};

function metrics(): TerraformStack {
  const stack = newStack();
  const prometheus = new GcpFirewall({ network: 'prod' }).networkTag('prometheus');
  new PrometheusCostMetricsRule(stack, 'a', { platform: Peer.cidr('10.0.0.0/8'), prometheus });
  return stack;
}

/** A stack with a rule of its own, which allows more than the documents. */
function metricsAndShell(): TerraformStack {
  const stack = metrics();
  stack.addOverride('resource.google_compute_firewall.own', {
    network: 'prod',
    allow: [{ protocol: 'tcp', ports: ['22'] }],
    source_ranges: ['10.0.0.0/8'],
    target_tags: ['prometheus'],
  });
  return stack;
}

test('reads a stack, its text and its file alike', () => {
  const directory = mkdtempSync(join(tmpdir(), 'permitted-traffic-'));
  try {
    const file = join(directory, 'cdk.tf.json');
    writeFileSync(file, Testing.synth(metrics()));
    for (const traffic of [
      PermittedTraffic.ofStack(metrics()),
      PermittedTraffic.ofJson(Testing.synth(metrics())),
      PermittedTraffic.ofFile(file),
    ]) {
      expect(traffic.rows).toEqual([METRICS]);
      expect(traffic.notEvaluated).toEqual([]);
      expect(traffic.text).toBe(METRICS.text);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('lists what could not be evaluated', () => {
  const rule = { type: 'ingress', security_group_id: 'sg-01234567', from_port: '${var.port}', to_port: 22 };
  const json = JSON.stringify({ resource: { aws_security_group_rule: { ssh: { ...rule, protocol: 'tcp' } } } });
  const traffic = PermittedTraffic.ofJson(json);
  expect(traffic.notEvaluated).toEqual([expect.stringMatching(/^aws_security_group_rule\.ssh: /)]);
  expect(traffic.text).toMatch(/^not evaluated: aws_security_group_rule\.ssh: /m);
});

test('the differences from rows are empty, or have what is missing and what is extra', () => {
  const traffic = PermittedTraffic.ofStack(metrics());
  expect(traffic.differences([ROW])).toEqual({ text: '', missing: [], extra: [], others: [], notEvaluated: [] });
  expect(traffic.differences([{ ...ROW, direction: TrafficDirection.INGRESS, network: 'prod' }]).text).toBe('');
  const { text, missing, extra } = traffic.differences([CLOSED]);
  expect(missing.map((row) => row.text)).toEqual(['ingress 22/tcp from 10.0.0.0/8 to tag:prometheus on prod']);
  expect(extra).toEqual([METRICS]);
  expect(text).toMatch(/^Missing: .*\n.*\n.*22\/tcp.*\n\nExtra: .*\n.*\n.*9090\/tcp/);
});

test('finds missing and unwanted traffic among other traffic', () => {
  const traffic = PermittedTraffic.ofStack(metricsAndShell());
  expect(traffic.missing([ROW]).text).toBe('');
  expect(traffic.missing([{ ...ROW, port: '9091/tcp' }]).missing).toMatchObject([{ port: '9091/tcp' }]);
  expect(traffic.unwanted([{ ...ROW, port: '23/tcp' }]).text).toBe('');
  expect(traffic.unwanted([CLOSED]).extra).toMatchObject([{ port: '22/tcp' }]);
});

test('compares with the documents, and takes the rows that may differ', () => {
  expect(PermittedTraffic.ofStack(metrics()).differencesFromDocuments().text).toBe('');
  expect(PermittedTraffic.ofStack(metricsAndShell()).differencesFromDocuments().extra).toMatchObject([
    { port: '22/tcp' },
  ]);
  const stack = newStack();
  const gcp = new GcpFirewall({ network: 'prod' });
  const [controlPlane, workers] = [gcp.networkTag('control-plane'), gcp.networkTag('worker')];
  const ports = { kubelet: Port.tcp(10350) };
  new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane, workers, workerToWorkerFlannel: false, ports });
  const traffic = PermittedTraffic.ofStack(stack);
  expect(traffic.differencesFromDocuments({ moved: ['kubelet'] }).text).toBe('');
  expect(traffic.differencesFromDocuments().others).toContainEqual(
    expect.stringMatching(/^Moved to a different port, and not named in moved: control-plane>worker\/kubelet: /),
  );
});

test('errors name the call', () => {
  const traffic = PermittedTraffic.ofStack(metrics());
  expectRefusal(
    () => PermittedTraffic.ofStack(new GcpFirewall({ network: 'prod' }) as never),
    'terraform-json-required',
  );
  expectRefusal(() => PermittedTraffic.ofJson('{"resource": '), 'json-invalid');
  expectRefusal(() => PermittedTraffic.ofFile('no/such/cdk.tf.json'), 'file-not-readable');
  expectRefusal(() => traffic.missing([]), 'rows-required');
  expectRefusal(() => traffic.differencesFromDocuments({ moved: ['metrics'] }), 'row-not-moved');
  const withoutProvenance = PermittedTraffic.ofJson(Testing.synth(metrics()));
  expectRefusal(() => withoutProvenance.differencesFromDocuments(), 'provenance-missing');
  const act = (): unknown => traffic.differences([{ ...ROW, port: '9090' }]);
  expectRefusal(act, 'port-invalid');
  expect(errorOf(act).message).toMatch(/^PermittedTraffic\.differences, rows\[0\], port: /);
});
