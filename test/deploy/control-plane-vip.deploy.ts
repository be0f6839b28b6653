import { Testing } from 'cdktf';
import { ControlPlaneVipOnAws } from '../../examples/control-plane-vip-on-aws';
import { opened } from '../support/opened';
import { deployment } from './deployment';

const REGION = 'eu-central-1';
const deployed = deployment();

/** Calls the fake load balancer API of the region, and returns the text of all elements with a name. */
async function call(action: string, element: string, parameters: Record<string, string> = {}): Promise<string[]> {
  const credential = `Credential=x/20260101/${REGION}/elasticloadbalancing/aws4_request, SignedHeaders=host, Signature=x`;
  const response = await fetch(deployed().cloud.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 ${credential}`,
    },
    body: new URLSearchParams({ Action: action, Version: '2015-12-01', ...parameters }).toString(),
  });
  return [...(await response.text()).matchAll(new RegExp(`<${element}>\\s*(.*?)\\s*</${element}>`, 'gs'))].map(
    ([, text]) => text,
  );
}

test('an internal load balancer in front of three control planes applies, with its group and rules from the start', async () => {
  const { cloud, terraform } = deployed();
  const stack = new ControlPlaneVipOnAws(Testing.app(), 'example');
  const folder = terraform();
  await folder.write(stack);
  await folder.apply();

  expect(await cloud.region(REGION).rules()).toEqual(opened(stack));
  expect(await call('DescribeLoadBalancers', 'Scheme')).toEqual(['internal']);
  expect(await call('DescribeLoadBalancers', 'SecurityGroups')).toEqual([expect.stringMatching(/sg-[0-9a-f]{17}/)]);
  expect(await call('DescribeTargetGroups', 'HealthCheckProtocol')).toEqual(['HTTPS']);
  expect(await call('DescribeTargetGroups', 'HealthCheckPath')).toEqual(['/readyz']);
  const [TargetGroupArn] = await call('DescribeTargetGroups', 'TargetGroupArn');
  const targets = await call('DescribeTargetHealth', 'Id', { TargetGroupArn });
  expect(targets.sort()).toEqual(['10.20.0.11', '10.20.0.12', '10.20.1.11']);
  const attributes = await call('DescribeTargetGroupAttributes', 'member', { TargetGroupArn });
  expect(attributes.filter((text) => text.includes('preserve_client_ip'))).toEqual([
    expect.stringMatching(/<Value>false<\/Value>/),
  ]);

  expect(await folder.plan()).toEqual([]);
  await folder.destroy();
  expect(await cloud.region(REGION).rules()).toEqual([]);
  expect(await call('DescribeLoadBalancers', 'Scheme')).toEqual([]);
  folder.remove();
});
