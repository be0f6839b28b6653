import { Testing } from 'cdktf';
import { CheckedRulesOnAws } from '../../examples/checked-rules-on-aws';
import { deployment } from './deployment';

const deployed = deployment();

/** moto does not have Network Insights, so this test plans and does not apply. */
test('the AWS provider accepts the paths, the analyses and their triggers', async () => {
  const folder = deployed().terraform();
  await folder.write(new CheckedRulesOnAws(Testing.app(), 'example'));
  const plan = (await folder.plan()).filter((change) => change.includes('check_'));
  expect(plan.map((change) => change.replace(/_[0-9a-f]{12}$/, ''))).toEqual([
    'create aws_ec2_network_insights_analysis.check',
    'create aws_ec2_network_insights_analysis.check',
    'create aws_ec2_network_insights_path.check',
    'create aws_ec2_network_insights_path.check',
    'create terraform_data.check',
    'create terraform_data.check',
  ]);
  folder.remove();
});
