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
import { choiceOption, ipRangesOption, notAlone, outputOption, pathsArgument, stateOption } from '../options';
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
  readonly sshPort: number | typeof NO_SSH;
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
    .option('--allow-lockout', 'with --ssh-port none: accepts that SSH is closed')
    .addOption(podsOption())
    .option('--pods-reason <text>', 'why everybody is accepted, if --pods is most of the internet')
    .addOption(stateOption())
    .addOption(ipRangesOption())
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports host-rules --role control-plane --for nftables -o ports.nft')
    .action(async (paths: string[], options: HostRulesOptions, command: Command) => {
      checkTogether(options, command);
      if (options.remove === true) {
        await emit(removalFor(options.for), options.output, io);
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
const OF_NFTABLES = {
  sshPort: '--ssh-port',
  allowLockout: '--allow-lockout',
  pods: '--pods',
  podsReason: '--pods-reason',
};

/** Throws for options that have no effect on the script. */
function checkTogether(options: HostRulesOptions, command: Command): void {
  const given = Object.entries(OF_NFTABLES).filter(([name]) => command.getOptionValueSource(name) === 'cli');
  for (const [, flag] of given) {
    if (options.for !== 'nftables') throw notAlone(flag, '--for nftables');
    if (options.remove === true) {
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
  const { for: firewall, sshPort, allowLockout, pods, podsReason } = options;
  if (firewall === 'firewalld') return firewalldScript(rules, PLACE);
  if (firewall === 'ufw') return ufwScript(rules, PLACE);
  const ofPods = { pods: pods.map(String), podsReason };
  if (sshPort !== NO_SSH) return nftablesScript(rules, { sshPort, ...ofPods });
  if (allowLockout !== true) {
    const need = 'SSH must stay open, because these rules drop everything else and could lock you out';
    throw refusal('--ssh-port', 'ssh-closed', need, NO_SSH, '--ssh-port 22, or --allow-lockout');
  }
  return nftablesScript(rules, ofPods);
}

function removalFor(firewall: string): string {
  if (firewall === 'firewalld') return firewalldRemoval();
  return firewall === 'ufw' ? ufwRemoval() : nftablesRemoval();
}

function sshPortOption(): Option {
  return new Option('--ssh-port <port>', 'nftables: the port of SSH, which stays open; none closes it')
    .argParser((text: string) => {
      if (text === NO_SSH) return text;
      if (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= LAST_PORT) return Number(text);
      const need = `must be ${NO_SSH} or a port from 1 to ${LAST_PORT}`;
      throw refusal('--ssh-port', 'option-value-unknown', need, shown(text));
    })
    .default(22);
}

function podsOption(): Option {
  return new Option('--pods <ranges>', 'nftables: the IP ranges of pods, from which everything is accepted')
    .argParser((text: string) => text.split(',').map((range) => parseCidr(range.trim(), '--pods')))
    .default([], 'pods reach only documented ports of their machine');
}
