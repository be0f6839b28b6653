import { Egress, AwsSecurityGroup } from '../../../lib';
import { checkedTags } from '../../../lib/clouds/aws/tags';
import { newStack } from '../../support/clouds';
import { expectRefusal, resourcesOf } from '../../support/refusals';

const many = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, 'x']));

test('tags are read once, so the text that was checked is rendered', () => {
  const stack = newStack();
  let reads = 0;
  const tags = {
    get owner() {
      return reads++ === 0 ? 'us' : '${file("/etc/passwd")}';
    },
  };
  new AwsSecurityGroup(stack, 'g', { name: 'g', vpcId: 'vpc-12345678', egress: Egress.ALL, tags });
  expect(resourcesOf(stack).aws_security_group.group_g.tags).toEqual({ owner: 'us' });
});

test('a resource has at most as many tags as AWS allows', () => {
  expect(Object.keys(checkedTags(many(50), 'here')!)).toHaveLength(50);
  expectRefusal(() => checkedTags(many(51), 'here'), 'too-many-tags');
});

test('lengths are counted in code points', () => {
  expect(checkedTags({ ['\u{1F600}'.repeat(128)]: '\u{1F600}'.repeat(256) }, 'here')).toBeDefined();
  expectRefusal(() => checkedTags({ a: '\u{1F600}'.repeat(257) }, 'here'), 'tags-invalid');
});

test('fails for text that Terraform would write differently', () => {
  expectRefusal(() => checkedTags({ 'e\u0301': 'x' }, 'here'), 'tags-invalid');
  expectRefusal(() => checkedTags({ a: 'e\u0301' }, 'here'), 'tags-invalid');
  for (const text of ['\ud83d', '\0', 'a\nb']) {
    expectRefusal(() => checkedTags({ a: text }, 'here'), 'tags-invalid');
    expectRefusal(() => checkedTags({ [text]: 'a' }, 'here'), 'tags-invalid');
  }
  expectRefusal(() => checkedTags({ ' ': 'a' }, 'here'), 'tags-invalid');
});
