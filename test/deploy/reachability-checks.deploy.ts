import { Testing } from 'cdktf';
import { CheckedRulesOnAws } from '../../examples/checked-rules-on-aws';
import { deployment } from './deployment';

const deployed = deployment();

/** moto has no Network Insights, so the provider's own checks of the plan are as far as it goes. */
test('the AWS provider takes the paths, the analyses and what makes them run again', async () => {
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
