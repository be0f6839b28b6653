import { Argument, Option } from 'commander';
import { nearestName } from '../model/nearest-name';
import { refusal, shown } from '../model/refusal';

/** Where `cdktf synth` writes. */
const OUTPUT = 'cdktf.out';

/** The stacks that a command reads. */
export function pathsArgument(): Argument {
  return new Argument('[paths...]', 'cdk.tf.json files, or directories of stacks').default([OUTPUT], OUTPUT);
}

/** A choice between forms, of which the first is the default. */
export function formatOption(forms: readonly string[]): Option {
  return choiceOption('--format <form>', 'the form of the output', forms).default(forms[0]);
}

/** An option that takes one of a few words. */
export function choiceOption(flags: string, about: string, words: readonly string[]): Option {
  return new Option(flags, `${about}: ${words.join(', ')}`).argParser((word: string) => oneOf(words, word, flags));
}

/** An option that takes some of a few words, one at a time. */
export function choicesOption(flags: string, about: string, words: readonly string[]): Option {
  return new Option(flags, `${about}: ${words.join(', ')}`)
    .argParser((word: string, before: readonly string[]) => [...before, oneOf(words, word, flags)])
    .default([], 'none');
}

function oneOf(words: readonly string[], word: string, flags: string): string {
  if (words.includes(word)) return word;
  const [name] = flags.split(' ');
  throw refusal(
    name,
    `${words.slice(0, -1).join(', ')} or ${words.at(-1)} is needed`,
    shown(word),
    nearestName(word, words),
  );
}

/** The file that a command writes instead of showing what it has. */
export function outputOption(): Option {
  return new Option('-o, --output <file>', 'writes a file, whole or not at all').default(undefined, 'shown here');
}

/** What Terraform knows after an apply. */
export function stateOption(): Option {
  return new Option(
    '--state <file>',
    'what "terraform show -json" prints, for values that synthesis does not know; of several stacks: <stack>=<file>',
  )
    .argParser(collected)
    .default([], 'none');
}

/** The synthesized stacks that say why the ports of a plan or state are open. */
export function whyOption(): Option {
  return new Option('--why <path>', 'the synthesized stacks of a plan or state, which say why ports are open')
    .argParser(collected)
    .default([], 'what descriptions say');
}

/** Where machines are of which nobody said it in code. */
export function addressesOption(): Option {
  return new Option(
    '--addresses <group=ranges>',
    'the ranges of machines or of a name, as "security group workers=10.0.1.0/24,10.0.2.0/24"',
  )
    .argParser(collected)
    .default([], 'as synthesized');
}

/** Reads `name=a,b` of a repeated option. The name may have an equals sign: no range and no host has one. */
export function namedLists(option: string, texts: readonly string[]): Record<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const text of texts) {
    const at = text.lastIndexOf('=');
    const values = text
      .slice(at + 1)
      .split(',')
      .map((value) => value.trim());
    if (at < 1 || values.includes('')) {
      throw refusal(option, 'a name and what it has must be given as <name>=<one>,<another>', shown(text));
    }
    const name = text.slice(0, at);
    lists.set(name, [...(lists.get(name) ?? []), ...values]);
  }
  return Object.fromEntries(lists);
}

/** Takes an option that may be given more than once. */
export function collected(text: string, before: readonly string[]): string[] {
  return [...before, text];
}
