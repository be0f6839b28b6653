import { Argument, Option } from 'commander';
import { addTo, checkDescription, isCalendarDate, nearestName, refusal, shown } from '../input';
import { parseWorldThreshold } from '../net';

/** Where `cdktf synth` writes. */
export const OUTPUT = 'cdktf.out';

/** Returns the argument for the stacks that a command reads. */
export function pathsArgument(): Argument {
  return new Argument('[paths...]', 'cdk.tf.json files, or directories of stacks').default([OUTPUT], OUTPUT);
}

/** Returns the argument for the configurations that a command reads: stacks, plans or states. */
export function configurationsArgument(): Argument {
  const about =
    'cdk.tf.json files, directories of stacks, the "terraform show -json" of plans and states, or manifests of Kubernetes (YAML files, or ' +
    'directories with them); "prod=path" names the cluster of the network policies in a path';
  return new Argument('[paths...]', about).default([OUTPUT], OUTPUT);
}

/** Returns the option for the format of the output; the first format is the default. */
export function formatOption(formats: readonly string[]): Option {
  return choiceOption('--format <format>', 'the format of the output', formats).default(formats[0]);
}

/** Returns an option that takes one of a few words. */
export function choiceOption(flags: string, about: string, words: readonly string[]): Option {
  return new Option(flags, `${about}: ${words.join(', ')}`).argParser((word: string) => oneOf(words, word, flags));
}

/**
 * Returns an option that takes some of a few words, separated by commas or in several options. The first one replaces the words that
 * it has by default.
 */
export function choicesOption(
  flags: string,
  about: string,
  words: readonly string[],
  byDefault?: readonly string[],
): Option {
  const option = new Option(flags, about)
    .argParser((text: string, before: readonly string[] | undefined) => [
      ...(before === undefined || before === byDefault ? [] : before),
      ...text.split(',').map((word) => oneOf(words, word.trim(), flags)),
    ])
    .default(byDefault, byDefault?.join(','));
  return repeatable(option);
}

function oneOf(words: readonly string[], word: string, flags: string): string {
  if (words.includes(word)) return word;
  const [name] = flags.split(' ');
  const need = `the value must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  throw refusal(name, 'option-value-unknown', need, shown(word), nearestName(word, words));
}

/** Returns the option for the day of a run, so that a run can be repeated. */
export function todayOption(about: string): Option {
  return new Option('--today <date>', `${about}, such as 2027-03-31`).argParser((text: string) => {
    if (isCalendarDate(text)) return text;
    throw refusal(
      '--today',
      'today-invalid',
      'the day must exist, from 2000 on, and have the form YYYY-MM-DD',
      shown(text),
    );
  });
}

/** Returns the option for what "open to the world" means. */
export function worldOption(): Option {
  const flag = '--world-wider-than';
  return new Option(
    `${flag} <prefixes>`,
    'what counts as open to the world: more public addresses than one range of this prefix length, for IPv4 or for IPv4 and IPv6',
  )
    .default(undefined, '/8,/16')
    .argParser((text: string) => parseWorldThreshold(text, flag));
}

/** Shorter than the 65,536 characters of a comment on GitHub, with room for a line that marks the comment. */
const MAX_LENGTH = 65_000;
/** Room for all headings, counts and the first part that was not evaluated. */
const LEAST_MAX_LENGTH = 10_000;

/** Returns the option for the length of Markdown. */
export function maxLengthOption(): Option {
  const about = 'leaves out rows of longer Markdown, and says how many: GitHub refuses longer comments';
  return new Option('--max-length <characters>', about).default(MAX_LENGTH).argParser((text: string) => {
    if (/^[1-9]\d{0,8}$/.test(text) && Number(text) >= LEAST_MAX_LENGTH) return Number(text);
    const need = `the length must be a whole number from ${LEAST_MAX_LENGTH} on`;
    throw refusal('--max-length', 'max-length-invalid', need, shown(text));
  });
}

/** Returns the option for the file to which a command writes. */
export function outputOption(): Option {
  return new Option('-o, --output <file>', 'writes to a file instead of standard output');
}

/** Returns an option that may be given several times. */
export function repeatedOption(flags: string, description: string, byDefault: string): Option {
  return repeatable(new Option(flags, description).argParser(collected).default([], byDefault));
}

/** The most characters of what a request says about itself. */
const MAX_HEAD_LENGTH = 100;

/** Returns the option for the number of a request. */
export function ticketOption(): Option {
  return headOption('--ticket <number>', 'the number of the request in your ticket system');
}

/** Returns the option for the name of the one who asks. */
export function requestedByOption(): Option {
  return headOption('--requested-by <name>', 'who asks for it');
}

function headOption(flags: string, about: string): Option {
  const [flag] = flags.split(' ');
  return new Option(flags, about).argParser((text: string) =>
    checkDescription(text, flag, 'the value', MAX_HEAD_LENGTH),
  );
}

/** Returns the option for values that are known after apply. */
export function stateOption(): Option {
  return repeatedOption(
    '--state <file>',
    'the output of "terraform show -json", for values that are known after apply; with several stacks: <stack>=<file>',
    'none',
  );
}

/** Returns the option for the synthesized stacks of a plan or state, which name the documents behind its rules. */
export function whyOption(): Option {
  return repeatedOption(
    '--why <path>',
    'the synthesized stacks of a plan or state, which name the documents behind its rules',
    'only the descriptions of rules',
  );
}

/** Returns the option for IP ranges of host groups and peers that are missing in the code. */
export function ipRangesOption(): Option {
  return repeatedOption(
    '--ip-ranges <name=ranges>',
    'the IP ranges of a host group or peer, such as "security group workers=10.0.1.0/24,10.0.2.0/24"',
    'as synthesized',
  );
}

/**
 * Reads the values `name=a,b` of a repeated option. The name may contain an equals sign; ranges and hosts cannot.
 *
 * @param form what a value must look like, such as `<name>=<range>,<range>`
 */
export function namedLists(option: string, form: string, texts: readonly string[]): Record<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const text of texts) {
    const at = text.lastIndexOf('=');
    const values = text
      .slice(at + 1)
      .split(',')
      .map((value) => value.trim());
    if (at < 1 || values.includes('')) {
      throw refusal(option, 'named-list-invalid', `the value must have the form ${form}`, shown(text));
    }
    const name = text.slice(0, at);
    for (const value of values) addTo(lists, name, value);
  }
  return Object.fromEntries(lists);
}

const REPEATABLE = new WeakSet<Option>();

/** Marks an option of which all values are used. Every other option that takes a value must be given at most once. */
export function repeatable(option: Option): Option {
  REPEATABLE.add(option);
  return option;
}

/** Whether only one value of an option is used. */
export function takesOneValue(option: Option): boolean {
  return (option.required || option.optional) && !REPEATABLE.has(option);
}

/** Collects the values of an option that may be given more than once. */
export function collected(text: string, before: readonly string[]): string[] {
  return [...before, text];
}

/** Returns the error about an option that has no effect without a different one. */
export function notAlone(flag: string, other: string): Error {
  return refusal(flag, 'option-needs-another', `must be used with ${other}`, 'only this option', other);
}
