import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse, parseAllDocuments } from 'yaml';
import { checkGoss } from '../../lib/checks/check-goss';
import { checkJob } from '../../lib/checks/check-job';
import type { CheckPlan } from '../../lib/checks/check-plan';
import { checkScript } from '../../lib/checks/check-script';
import { Port } from '../../lib/net/port';
import { expectRefusal } from '../support/refusals';
import { flow, HOSTILE, hostileFlow } from '../support/traced';

const UDP = { flow: flow({ port: Port.udp(8472) }), reason: 'UDP gives no answer that tells open from closed' };
const PLAN: CheckPlan = {
  endpoints: [
    { host: '10.2.0.7', port: 443, flows: [flow({ impact: 'no web page' })] },
    { host: '2001:db8::7', port: 8443, flows: [flow()] },
  ],
  notCheckable: [UDP],
};
const JOB = { as: 'worker', namespace: 'prod', labels: { app: 'web' }, image: 'registry/nc:1', place: 'verify' };

const hostilePlan = (text: string): CheckPlan => {
  const flows = [hostileFlow(text)];
  return { endpoints: [{ host: 'web', port: 443, flows }], notCheckable: [{ flow: flows[0], reason: text }] };
};
/** Templates that Goss would evaluate. */
const TEMPLATES = ['{{ readFile "/etc/passwd" }}', '{{{{', 'a }} b {{- .Env.SECRET }}'];

describe('the file for Goss', () => {
  test('has an address for each endpoint, and lists what Goss cannot check', () => {
    expect(checkGoss(PLAN, { timeoutMs: 1500 }))
      .toBe(`# Tries every connection from the machine on which it runs: goss --gossfile <this file> validate
# A connection that is refused is a failure too: start what listens first.
# not evaluated: 8472/udp to servers, The web server: UDP gives no answer that tells open from closed
# if closed: the document does not say what fails
addr:
  tcp://10.2.0.7:443:
    title: "servers: The web server"
    meta:
      remarks:
        - "if closed: no web page"
    reachable: true
    timeout: 1500
  tcp://[2001:db8::7]:8443:
    title: "servers: The web server"
    meta:
      remarks:
        - "if closed: the document does not say what fails"
    reachable: true
    timeout: 1500
`);
  });

  test.each(['plan', ...HOSTILE, ...TEMPLATES])('fits the published schema of Goss with %j', (text) => {
    const schema = parse(readFileSync(join(__dirname, 'goss-schema.yaml'), 'utf8')) as object;
    const validate = new Ajv({ allErrors: true }).compile(schema);
    const file = parse(checkGoss(text === 'plan' ? PLAN : hostilePlan(text))) as { addr: object };
    expect([validate(file), validate.errors]).toEqual([true, null]);
    expect(validate({ addr: { 'tcp://10.2.0.7:443': { reachable: 'yes' } } })).toBe(false);
  });

  test.each([...HOSTILE, ...TEMPLATES])('keeps text such as %j as text, for YAML and for templates of Go', (text) => {
    const rendered = checkGoss(hostilePlan(text));
    expect(Object.keys((parse(rendered) as { addr: object }).addr)).toEqual(['tcp://web:443']);
    // the only action of a template is the one that prints two braces
    expect(rendered.replaceAll('{{`{{`}}', '')).not.toContain('{{');
    expect(rendered.split('\n').filter((line) => line.startsWith('# '))).not.toHaveLength(0);
    expect(rendered.split('\n').findIndex((line) => line === 'addr:')).toBe(
      rendered.split('\n').findIndex((line) => !line.startsWith('#')),
    );
  });
});

describe('the Kubernetes Job', () => {
  const [configMap, job] = parseAllDocuments(checkJob(PLAN, JOB)).map((document) => document.toJS());

  test('runs the script from a ConfigMap in the given namespace, with the given labels and image', () => {
    const metadata = { name: 'cluster-ports-verify-worker', namespace: 'prod' };
    expect(configMap).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { 'verify.sh': checkScript(PLAN) },
    });
    expect([job.metadata, job.spec.template.metadata.labels]).toEqual([metadata, { app: 'web' }]);
    const [container] = job.spec.template.spec.containers;
    expect([container.image, container.command]).toEqual(['registry/nc:1', ['sh', '/checks/verify.sh']]);
    expect(job.spec.template.spec.volumes).toEqual([{ name: 'checks', configMap: { name: metadata.name } }]);
  });

  // https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
  test('is allowed by the Pod Security Standard "restricted", and cannot write or call the API', () => {
    const { spec } = job.spec.template;
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(spec.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect([spec.automountServiceAccountToken, spec.restartPolicy, job.spec.backoffLimit]).toEqual([false, 'Never', 0]);
    expect(Object.keys(spec.volumes[0])).toEqual(['name', 'configMap']);
  });

  test('is accepted by the published schemas of Kubernetes', () => {
    // the package has only ES modules, which Jest does not load
    const script = `
      import { ConfigMap } from 'kubernetes-models/v1';
      import { Job } from 'kubernetes-models/batch/v1';
      const said = (Kind, object) => { try { new Kind(object).validate(); return 'valid'; } catch (error) { return String(error); } };
      const [configMap, job] = ${JSON.stringify([configMap, job])};
      console.log(JSON.stringify([said(ConfigMap, configMap), said(Job, job), said(Job, { ...job, spec: { backoffLimit: 'no' } })]));`;
    const options = { encoding: 'utf8', cwd: join(__dirname, '../..') } as const;
    const said = JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], options)) as string[];
    expect(said.slice(0, 2)).toEqual(['valid', 'valid']);
    expect(said[2]).toContain('spec');
  });

  test.each(HOSTILE)('keeps text such as %j as text', (text) => {
    const plan = hostilePlan(text);
    const documents = parseAllDocuments(checkJob(plan, { ...JOB, as: text }));
    expect(documents.map(({ errors }) => errors)).toEqual([[], []]);
    const { data, metadata } = documents[0].toJS() as { data: Record<string, string>; metadata: { name: string } };
    expect(data['verify.sh']).toBe(checkScript(plan));
    expect(metadata.name).toMatch(/^cluster-ports-verify(?:-[a-z0-9]+)*$/);
    expect(metadata.name.length).toBeLessThanOrEqual(63);
    expect(spawnSync('sh', ['-n'], { input: data['verify.sh'], encoding: 'utf8' })).toMatchObject({ status: 0 });
  });

  test('fails for a script that a ConfigMap cannot hold', () => {
    const [endpoint] = PLAN.endpoints;
    const endpoints = Array.from({ length: 20_000 }, () => endpoint);
    expectRefusal(() => checkJob({ endpoints, notCheckable: [] }, JOB), 'job-too-large');
  });
});
