import { Option } from 'commander';
import { JOB_IMAGE } from '../../../checks';
import { refusal, shown } from '../../../input';
import { choiceOption } from '../../options';

const FORMS = ['script', 'goss', 'job'];
/** The pause between two rounds, in seconds. */
export const INTERVAL = 10;
const MAX_PAUSE = 86_400;
export const PLAIN_NUMBER = /^(?:0|[1-9]\d*)?(?:\.\d+)?$/;
const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const LABEL =
  /^((?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[a-z0-9](?:[\w.-]{0,61}[a-z0-9])?)=((?:[a-z0-9](?:[\w.-]{0,61}[a-z0-9])?)?)$/i;
const IMAGE = /^[a-z0-9][\w./:@-]{0,254}$/i;

/** Returns the options for the forms of checks that run elsewhere. */
export function formOptions(): Option[] {
  return [
    choiceOption('--for <form>', 'writes the checks in a form that runs elsewhere instead of trying them', FORMS),
    new Option('--script', 'the same as --for script: "nc -zv", for a machine without Node.js').conflicts('for'),
    namespaceOption(),
    labelsOption(),
    imageOption(),
  ];
}

/** Returns the options for checks that are repeated. */
export function watchOptions(): Option[] {
  return [
    new Option('--watch', 'repeats the checks until all are open, and prints what changes').conflicts([
      'for',
      'script',
    ]),
    secondsOption('--interval <seconds>', `with --watch: the pause between two rounds (default: ${INTERVAL})`),
    secondsOption('--give-up-after <seconds>', 'with --watch: ends with code 1 if not all are open by then'),
  ];
}

/** Returns an option for a time in seconds. */
function secondsOption(flags: string, about: string): Option {
  return new Option(flags, about).argParser((text: string) => {
    const seconds = Number(text);
    if (PLAIN_NUMBER.test(text) && seconds > 0 && seconds <= MAX_PAUSE) return seconds;
    const need = `must be a plain number of seconds, more than 0 and at most ${MAX_PAUSE}`;
    throw refusal(flags.split(' ')[0], 'timeout-invalid', need, shown(text));
  });
}

/** Returns the option for the namespace of the Job. */
function namespaceOption(): Option {
  const about = 'with --for job: the namespace of the Job (default: default)';
  return new Option('--namespace <namespace>', about).argParser((text: string) => {
    if (NAMESPACE.test(text)) return text;
    const need = 'must be the name of a namespace: at most 63 lower-case letters, digits and hyphens';
    throw refusal('--namespace', 'option-value-unknown', need, shown(text));
  });
}

/** Returns the option for the labels of the pod. */
function labelsOption(): Option {
  return new Option(
    '--labels <labels>',
    'with --for job: the labels of its pod, such as app=web,tier=front, which network policies select',
  ).argParser((text: string) => {
    const labels = new Map<string, string>();
    for (const label of text.split(',')) {
      const [, name, value] = LABEL.exec(label.trim()) ?? [];
      if (name !== undefined && !labels.has(name)) {
        labels.set(name, value);
        continue;
      }
      const need = 'each label must have the form <name>=<value>, and a name of its own';
      throw refusal('--labels', 'option-value-unknown', need, shown(label));
    }
    return Object.fromEntries(labels);
  });
}

/** Returns the option for the image of the pod. */
function imageOption(): Option {
  return new Option('--image <image>', `with --for job: an image with sh and nc (default: ${JOB_IMAGE})`).argParser(
    (text: string) => {
      if (IMAGE.test(text)) return text;
      throw refusal('--image', 'option-value-unknown', 'must be the name of a container image', shown(text));
    },
  );
}
