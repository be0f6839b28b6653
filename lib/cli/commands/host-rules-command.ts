import { Command, Option } from 'commander';
import {
  firewalldRemoval,
  firewalldScript,
  hostRules,
  type HostRules,
  nftablesRemoval,
  nftablesScript,
  ufwRemoval,
  ufwScript,
} from '../../documents';
import { checkReason, refusal, shown } from '../../input';
import { AddressFamily, areWorldWide, type Cidr, LAST_PORT, parseCidr, rangesOf } from '../../net';
import { notesAboutParts, printNotes } from '../notes';
import {
  choiceOption,
  ipRangesOption,
  notAlone,
  outputOption,
  pathsArgument,
  repeatable,
  stateOption,
} from '../options';
import { type CliIo, emit } from '../output';
import { type FlowOptions, readAccess } from '../read-flows';

const FIREWALLS = ['nftables', 'firewalld', 'ufw'];
const PLACE = 'host-rules';
const NO_SSH = 'none';
const EGRESS_NOTE =
  'outbound DNS, time and package mirrors are closed unless a document has them: nftables drops what is not listed';

interface HostRulesOptions extends FlowOptions {
  readonly role?: string;
  readonly for: string;
  readonly egress?: true;
  readonly remove?: true;
  readonly sshPort: readonly number[] | typeof NO_SSH;
  readonly allowLockout?: true;
  readonly pods: readonly Cidr[];
  readonly podsReason?: string;
  readonly output?: string;
}

/** Returns the command that renders the firewall of Linux machines. */
export function hostRulesCommand(io: CliIo): Command {
  return new Command('host-rules')
    .summary('the own firewall of Linux machines, for nftables, firewalld or ufw')
    .description(
      'Writes a script for the own firewall of each machine of a role, which must be LinuxHosts in the code. It can run again, touches only ' +
        'what an earlier one made, and --remove writes the script that removes it. Changes nothing by itself.',
    )
    .addArgument(pathsArgument())
    .option('--role <role>', 'the role of the machine, such as control-plane, or a name of its machines')
    .addOption(choiceOption('--for <firewall>', 'the firewall', FIREWALLS).makeOptionMandatory())
    .option('--egress', 'also what the machine sends')
    .option('--remove', 'writes the script that removes the rules instead')
    .addOption(sshPortOption())
    .option('--allow-lockout', 'with --ssh-port none: accepts that SSH may be closed')
    .addOption(podsOption())
    .option('--pods-reason <text>', 'why everybody is accepted, if --pods is most of the internet')
    .addOption(stateOption())
    .addOption(ipRangesOption())
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports host-rules --role control-plane --for nftables -o ports.sh')
    .action(async (paths: string[], options: HostRulesOptions, command: Command) => {
      checkTogether(options, command);
      if (options.remove === true) {
        await emit(removalFor(options), options.output, io);
        return;
      }
      const { flows, notEvaluated } = readAccess(paths, options, io);
      const { role, egress } = options;
      const rules = hostRules(flows, { role, outbound: egress === true, place: PLACE });
      await emit(scriptFor(rules, options), options.output, io);
      printNotes([...rules.remarks, ...egressNotes(options), ...notesAboutParts(notEvaluated)], io);
    });
}

/** The options of the table for nftables, which is the only one that drops what it does not accept. */
const OF_NFTABLES: Readonly<Record<string, string>> = { pods: '--pods', podsReason: '--pods-reason' };
const OF_SCRIPTS = { ...OF_NFTABLES, sshPort: '--ssh-port', allowLockout: '--allow-lockout' };
/** Whether a removal could close SSH: only a firewall whose other rules decide about everything else. */
const closesWithRemoval = ({ for: firewall }: HostRulesOptions, name: string): boolean =>
  firewall !== 'nftables' && !(name in OF_NFTABLES);

/** Throws for options that have no effect on the script. */
function checkTogether(options: HostRulesOptions, command: Command): void {
  const given = Object.entries(OF_SCRIPTS).filter(([name]) => command.getOptionValueSource(name) === 'cli');
  for (const [name, flag] of given) {
    if (options.for !== 'nftables' && name in OF_NFTABLES) throw notAlone(flag, '--for nftables');
    if (options.remove === true && !closesWithRemoval(options, name)) {
      throw refusal(flag, 'option-needs-another', 'must be used without --remove', '--remove', `no ${flag}`);
    }
  }
  if (options.allowLockout === true && options.sshPort !== NO_SSH) throw notAlone('--allow-lockout', '--ssh-port none');
  checkPods(options);
}

function checkPods({ pods, podsReason }: HostRulesOptions): void {
  if (podsReason !== undefined) {
    checkReason(podsReason, '--pods-reason');
    if (pods.length === 0) throw notAlone('--pods-reason', '--pods');
    return;
  }
  if (!Object.values(AddressFamily).some((family) => areWorldWide(family, rangesOf(family, pods)))) return;
  const need = 'a reason is needed to accept everything from most of the internet';
  throw refusal('--pods', 'world-without-reason', need, pods.join(), '--pods-reason "why everybody is accepted"');
}

function egressNotes({ egress, for: firewall }: HostRulesOptions): string[] {
  return egress === true && firewall === 'nftables' ? [EGRESS_NOTE] : [];
}

function scriptFor(rules: HostRules, options: HostRulesOptions): string {
  const { for: firewall, pods, podsReason } = options;
  const sshPorts = sshPortsOf(options);
  if (firewall === 'firewalld') return firewalldScript(rules, sshPorts, PLACE);
  if (firewall === 'ufw') return ufwScript(rules, sshPorts, PLACE);
  return nftablesScript(rules, { sshPorts, pods: pods.map(String), podsReason });
}

/** Returns the ports of SSH; nothing if the user accepts that it may be closed. */
function sshPortsOf({ for: firewall, sshPort, allowLockout }: HostRulesOptions): readonly number[] | undefined {
  if (sshPort !== NO_SSH) return sshPort;
  if (allowLockout === true) return undefined;
  const need =
    firewall === 'nftables'
      ? 'SSH must stay open, because these rules drop everything else and could lock you out'
      : 'the ports of SSH must be given, so that the script changes nothing if one of them could be closed';
  throw refusal('--ssh-port', 'ssh-closed', need, NO_SSH, '--ssh-port 22, or --allow-lockout');
}

/** SSH never depends on the table of nftables: without it, the machine accepts what it accepted before. */
function removalFor(options: HostRulesOptions): string {
  if (options.for === 'nftables') return nftablesRemoval();
  const sshPorts = sshPortsOf(options);
  return options.for === 'firewalld' ? firewalldRemoval(sshPorts) : ufwRemoval(sshPorts);
}

const DEFAULT_SSH_PORTS: readonly number[] = Object.freeze([22]);

/** Several ports are separated by commas, or the option is given again. */
function sshPortOption(): Option {
  const what =
    'the port of SSH, or several: nftables leaves it open, and each script ends if SSH listens on a different one';
  const option = new Option('--ssh-port <ports>', `${what}; none closes it`)
    .argParser((text: string, previous: HostRulesOptions['sshPort']) => {
      if (text === NO_SSH && previous === DEFAULT_SSH_PORTS) return text;
      const texts = text.split(',').map((port) => port.trim());
      const isPort = (port: string): boolean => /^[1-9]\d{0,4}$/.test(port) && Number(port) <= LAST_PORT;
      if (texts.every(isPort) && previous !== NO_SSH) {
        const earlier = previous === DEFAULT_SSH_PORTS ? [] : previous;
        return [...new Set([...earlier, ...texts.map(Number)])].sort((a, b) => a - b);
      }
      const need = `must be ${NO_SSH} or ports from 1 to ${LAST_PORT}`;
      throw refusal('--ssh-port', 'option-value-unknown', need, shown(text));
    })
    .default(DEFAULT_SSH_PORTS, '22');
  return repeatable(option);
}

function podsOption(): Option {
  return new Option('--pods <ranges>', 'nftables: the IP ranges of pods, from which everything is accepted')
    .argParser((text: string) => text.split(',').map((range) => parseCidr(range.trim(), '--pods')))
    .default([], 'pods reach only documented ports of their machine');
}
