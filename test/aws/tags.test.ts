import { AwsEgress, AwsSecurityGroup } from '../../lib';
import { checkTags } from '../../lib/aws/tags';
import { newStack } from '../support/clouds';
import { expectRefusal, resourcesOf } from '../support/refusals';

const many = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, 'x']));

test('tags are read once: what was checked is what is rendered', () => {
  const stack = newStack();
  let reads = 0;
  const tags = {
    get owner() {
      return reads++ === 0 ? 'us' : '${file("/etc/passwd")}';
    },
  };
  new AwsSecurityGroup(stack, 'g', { name: 'g', vpcId: 'vpc-12345678', egress: AwsEgress.ALL, tags });
  expect(resourcesOf(stack).aws_security_group.group_g.tags).toEqual({ owner: 'us' });
});

test('a resource has at most as many tags as AWS allows', () => {
  expect(Object.keys(checkTags(many(50), 'here')!)).toHaveLength(50);
  expectRefusal(
    () => checkTags(many(51), 'here'),
    'here: tags must be at most 50, with the default tags of the provider, got 51',
  );
});

test('lengths are counted in characters', () => {
  expect(checkTags({ ['\u{1F600}'.repeat(128)]: '\u{1F600}'.repeat(256) }, 'here')).toBeDefined();
  expect(() => checkTags({ a: '\u{1F600}'.repeat(257) }, 'here')).toThrow('at most 256 characters');
});

test('fails for text that Terraform would write in another way', () => {
  expectRefusal(
    () => checkTags({ 'e\u0301': 'x' }, 'here'),
    'here: the key of a tag must be text in composed form (NFC) without control characters, got "e\u0301"; did you mean "\u00e9"?',
  );
  expect(() => checkTags({ a: 'e\u0301' }, 'here')).toThrow('here: tag a must be text in composed form');
  for (const text of ['\ud83d', '\0', 'a\nb']) {
    expect(() => checkTags({ a: text }, 'here')).toThrow('here: tag a must be text in composed form');
    expect(() => checkTags({ [text]: 'a' }, 'here')).toThrow('here: the key of a tag must be text in composed form');
  }
  expect(() => checkTags({ ' ': 'a' }, 'here')).toThrow('the key of a tag must be 1 to 128 characters');
});
