import fs from 'node:fs';
import { AwsSecurityGroup, GcpFirewall, type IHostGroup, Peer, PrometheusCostMetricsRule } from '../../lib';
import { installOf } from '../../lib/framework/other-languages';
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

// what the runtimes of jsii set: https://github.com/aws/jsii/tree/main/packages/%40jsii
test.each([
  ['Python/3.11.7', AWS, 'import cdktf_cdktf_provider_aws'],
  ['Python/3.11.7', GOOGLE, 'import cdktf_cdktf_provider_google'],
  ['Java/17.0.15', AWS, 'an AwsProvider of that package, created before them'],
  ['DotNet/8.0.0', GOOGLE, 'a GoogleProvider of that package, created before them'],
  ['go1.26/linux/amd64', AWS, 'an AwsProvider of that package, created before them'],
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
  process.env.JSII_AGENT = 'Python/3.11.7';
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
  ['Python/3.11.7', 'pip install cdktf-cdktf-provider-google~=16.5'],
  ['Java/17.0.15', 'version ^16.5.0 of that package'],
])('%s: an old provider is an error that says what to install', (agent, fix) => {
  if (agent === undefined) delete process.env.JSII_AGENT;
  else process.env.JSII_AGENT = agent;
  expect(installOf('@cdktf/provider-google', '^16.5.0')).toBe(fix);
});
