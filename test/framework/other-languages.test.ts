import fs from 'node:fs';
import { AwsSecurityGroup, GcpFirewall, type IHostGroup, Peer, PrometheusCostMetricsRule } from '../../lib';
import { installOf } from '../../lib/framework/other-languages';
import { AGENTS } from '../support/agents';
import { newStack } from '../support/clouds';
import { errorOf } from '../support/refusals';

const GOOGLE = new GcpFirewall({ network: 'prod' }).networkTag('web');
const AWS = AwsSecurityGroup.fromId('sg-01234567');
const { JSII_AGENT } = process.env;

afterEach(() => {
  jest.restoreAllMocks();
  if (JSII_AGENT === undefined) delete process.env.JSII_AGENT;
  else process.env.JSII_AGENT = JSII_AGENT;
});

function open(prometheus: IHostGroup, stack = newStack()): PrometheusCostMetricsRule {
  return new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.address('203.0.113.7'), prometheus });
}

test.each([
  [AGENTS.python, AWS, 'import cdktf_cdktf_provider_aws'],
  [AGENTS.python, GOOGLE, 'import cdktf_cdktf_provider_google'],
  [AGENTS.java, AWS, 'an AwsProvider of that package, created before them'],
  [AGENTS.csharp, GOOGLE, 'a GoogleProvider of that package, created before them'],
  [AGENTS.go, AWS, 'an AwsProvider of that package, created before them'],
])('%s: a provider that is not imported is an error in the words of the language', (agent, group, fix) => {
  process.env.JSII_AGENT = agent;
  const stack = newStack();
  jest.spyOn(fs, 'existsSync').mockReturnValue(false);
  const cloud = group === AWS ? 'aws' : 'google';
  const { code, sentence } = errorOf(() => open(group, stack));
  expect({ code, sentence }).toEqual({
    code: 'provider-package-missing',
    sentence: expect.stringMatching(
      `: the package @cdktf/provider-${cloud} must be imported before these rules, got none; did you mean ${fix}\\?$`,
    ),
  });
});

test('a later import is found, because nothing was looked for before', () => {
  process.env.JSII_AGENT = AGENTS.python;
  const stack = newStack();
  const exists = jest.spyOn(fs, 'existsSync').mockReturnValue(false);
  expect(errorOf(() => open(AWS, stack)).code).toBe('provider-package-missing');
  exists.mockRestore();
  expect(() => open(AWS)).not.toThrow();
});

test('a program in JavaScript is told what to install, and nothing is searched', () => {
  delete process.env.JSII_AGENT;
  const exists = jest.spyOn(fs, 'existsSync');
  open(GOOGLE);
  expect(exists.mock.calls.filter(([path]) => String(path).includes('provider-google'))).toEqual([]);
});

test.each([
  [undefined, 'npm install @cdktf/provider-google@^16.5.0'],
  [AGENTS.python, 'pip install cdktf-cdktf-provider-google~=16.5'],
  [AGENTS.java, 'version ^16.5.0 of that package'],
  [AGENTS.go, 'version ^16.5.0 of that package'],
  [AGENTS.csharp, 'version ^16.5.0 of that package'],
])('%s: an old provider is an error that says what to install', (agent, fix) => {
  if (agent === undefined) delete process.env.JSII_AGENT;
  else process.env.JSII_AGENT = agent;
  expect(installOf('@cdktf/provider-google', '^16.5.0')).toBe(fix);
});
