import 'cdktf-cluster-ports/testing';
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ComputeNetworkFirewallPolicy } from '@cdktf/provider-google/lib/compute-network-firewall-policy';
import { ComputeNetworkFirewallPolicyAssociation } from '@cdktf/provider-google/lib/compute-network-firewall-policy-association';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  DocumentedHostnameRules,
  Egress,
  ExternalHosts,
  GcpFirewall,
  GcpFirewallPolicy,
  type GcpFirewallPolicyProps,
  type GcpFirewallProps,
  type IHostGroup,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { newStack } from '../../support/clouds';
import { hostnameRow, hostnameTable } from '../../support/hostname-tables';
import { expectRefusal } from '../../support/refusals';

const source = Peer.cidr('10.0.0.0/8');
const EMAIL = 'nodes@net-host.iam.gserviceaccount.com';

type Choose = (firewall: GcpFirewall) => IHostGroup;
const web: Choose = (firewall) => firewall.networkTag('web');
const account: Choose = (firewall) => firewall.serviceAccount(EMAIL);
const everything: Choose = (firewall) => firewall.allInstances('a test network');

/** Denies the rest of the traffic of machines that a first firewall opens a port of. */
function denying(stack: TerraformStack, props: Partial<GcpFirewallProps> = {}, machines = web): void {
  const firewall = new GcpFirewall({ network: 'prod', denyRest: { priority: 3000 }, ...props });
  new PrometheusCostMetricsRule(stack, 'denying', { platform: source, prometheus: machines(firewall) });
}

/** Opens ports with a second firewall. */
function opening(stack: TerraformStack, props: Partial<GcpFirewallProps> = {}, machines = web): void {
  const firewall = new GcpFirewall({ network: 'prod', priority: 4000, ...props });
  new VClusterPlatformIngressRules(stack, 'opening', { kubernetesApi: source, platform: machines(firewall) });
}

/** The warnings of a stack about what denies the rest of the traffic, as the framework collects them: after the validations. */
function warningsOf(stack: TerraformStack): string[] {
  new GoogleProvider(stack, 'google');
  stack.runAllValidations();
  const warnings = (): string[] =>
    stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type, data }) => type === '@cdktf/warn' && String(data).includes('denyRest'))
      .map(({ data }) => String(data));
  const found = warnings();
  Testing.synth(stack);
  expect(warnings()).toEqual(found);
  return found;
}

describe('rules of a second GcpFirewall for the same machines', () => {
  test.each<[string, Partial<GcpFirewallProps>, Partial<GcpFirewallProps>]>([
    ['a weaker priority', {}, {}],
    ['the same priority, because a rule that denies comes first', {}, { priority: 3000 }],
    ['a path of the network', { project: 'net-host' }, { network: 'projects/net-host/global/networks/prod' }],
    ['the weakest priority', {}, { priority: 65534 }],
    ['copies that log', {}, { shadow: true }],
  ])('fail with %s', (_what, first, second) => {
    const stack = newStack();
    denying(stack, first);
    opening(stack, second);
    expectRefusal(() => Testing.synth(stack), 'deny-rest-closes');
    expectRefusal(() => stack.runAllValidations(), 'deny-rest-closes');
  });

  test('fail whichever exists first, and in a second stack', () => {
    const stack = newStack();
    opening(stack);
    denying(stack);
    expectRefusal(() => Testing.synth(stack), 'deny-rest-closes');
    const app = Testing.app();
    const [first, second] = ['first', 'second'].map((id) => new TerraformStack(app, id));
    denying(first, { project: 'net-host' });
    opening(second, { project: 'net-host' });
    expectRefusal(() => Testing.synth(first), 'deny-rest-closes');
  });

  test.each<[string, Choose, Choose]>([
    ['a service account', account, account],
    ['all instances, of which one has the tag', web, everything],
    ['a tag, which all instances include', everything, web],
  ])('fail for %s', (_what, denied, opened) => {
    const stack = newStack();
    denying(stack, {}, denied);
    opening(stack, {}, opened);
    expectRefusal(() => Testing.synth(stack), 'deny-rest-closes');
  });

  test('fail for a token that is the same reference', () => {
    const stack = newStack();
    const tag = new TerraformVariable(stack, 'tag', { type: 'string' }).stringValue;
    const chosen: Choose = (firewall) => firewall.networkTag(tag);
    denying(stack, {}, chosen);
    opening(stack, {}, chosen);
    expectRefusal(() => Testing.synth(stack), 'deny-rest-closes');
  });

  test('fail for outbound traffic, documented or all of it', () => {
    const outbound = (egress: Egress): TerraformStack => {
      const stack = newStack();
      const workers = [
        { denyRest: { priority: 3000 }, egress: Egress.DOCUMENTED },
        { priority: 4000, egress, namePrefix: 'second-' },
      ].map((props) => new GcpFirewall({ network: 'prod', ...props }).networkTag('web'));
      workers.forEach((group, at) => {
        const mongodb = ExternalHosts.named('mongodb', '10.8.0.0/28');
        new ApinizerDataStoreRules(stack, `rules-${at}`, { workers: group, mongodb });
      });
      return stack;
    };
    for (const egress of [Egress.DOCUMENTED, Egress.ALL]) {
      expectRefusal(() => Testing.synth(outbound(egress)), 'deny-rest-closes');
    }
    expect(() => Testing.synth(outbound(Egress.UNMANAGED))).not.toThrow();
  });

  test.each<[string, Partial<GcpFirewallProps>, Partial<GcpFirewallProps>]>([
    ['a smaller number', {}, { priority: 2999 }],
    ['a different network', {}, { network: 'test' }],
    ['a different project', { project: 'net-one' }, { project: 'net-two' }],
    ['rules that deny but are not enforced', { disabled: true }, {}],
    ['rules that open but are not enforced', {}, { disabled: true }],
  ])('are accepted with %s', (_what, first, second) => {
    const stack = newStack();
    denying(stack, first);
    opening(stack, second);
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each<[string, Choose, string]>([
    ['a second tag', (firewall) => firewall.networkTag('app'), 'network tag app'],
    ['a service account', account, `service account ${EMAIL}`],
  ])('give one warning for %s, because a machine may be both', (_what, machines, name) => {
    const stack = newStack();
    denying(stack);
    opening(stack, {}, machines);
    expect(warningsOf(stack)).toEqual([
      `what this construct opens for ${name} is closed by the rules of PrometheusCostMetricsRule "stack/denying" that deny the rest of ` +
        'the traffic of network tag web (denyRest), if a machine is both',
    ]);
  });

  test('give a warning if only the networks may be the same', () => {
    const stack = newStack();
    const name = new TerraformVariable(stack, 'name', { type: 'string' }).stringValue;
    const network = new ComputeNetwork(stack, 'network', { name });
    denying(stack, { network: network.id });
    opening(stack);
    expect(warningsOf(stack)).toEqual([expect.stringMatching(/\(denyRest\), if the two networks are one$/)]);
  });
});

describe('a firewall policy', () => {
  interface Choice {
    readonly order?: string;
    /** Whether the network and the policy are resources of the app, and belong together. */
    readonly attachedTo?: 'prod' | 'other';
    readonly isNamed?: boolean;
    readonly policy?: Partial<GcpFirewallPolicyProps>;
    readonly egress?: Egress;
  }

  /** Allows hostnames, and denies the other outbound traffic of machines. */
  function withHostnames({
    order,
    attachedTo,
    isNamed,
    policy: props,
    egress = Egress.DOCUMENTED,
  }: Choice): TerraformStack {
    const stack = newStack();
    const networks = ['prod', 'other'].map(
      (name) => new ComputeNetwork(stack, name, { name, networkFirewallPolicyEnforcementOrder: order }),
    );
    const policy = new ComputeNetworkFirewallPolicy(stack, 'policy', { name: 'prod' });
    if (attachedTo !== undefined) {
      new ComputeNetworkFirewallPolicyAssociation(stack, 'association', {
        name: 'association',
        attachmentTarget: networks[attachedTo === 'prod' ? 0 : 1].id,
        firewallPolicy: policy.name,
      });
    }
    const network = isNamed === true ? 'elsewhere' : networks[0].id;
    const firewall = new GcpFirewall({ network, egress, denyRest: { priority: 3000 } });
    const workers = account(firewall);
    new ApinizerDataStoreRules(stack, 'denying', { workers, mongodb: ExternalHosts.named('mongodb', '10.8.0.0/28') });
    const through = new GcpFirewallPolicy({ policy: policy.name, ...props });
    new DocumentedHostnameRules(stack, 'hosts', {
      table: hostnameTable([hostnameRow('mirror', 'mirror.example.com', Port.tcp(443))]),
      through,
    });
    return stack;
  }

  test('fails if the network evaluates its rules first, which deny what hostnames need', () => {
    expectRefusal(() => Testing.synth(withHostnames({ attachedTo: 'prod' })), 'deny-rest-closes');
    const order = 'AFTER_CLASSIC_FIREWALL';
    expectRefusal(() => Testing.synth(withHostnames({ attachedTo: 'prod', order })), 'deny-rest-closes');
    const policy = { targetServiceAccounts: [EMAIL] };
    expectRefusal(() => Testing.synth(withHostnames({ attachedTo: 'prod', policy })), 'deny-rest-closes');
  });

  test('fails if it opens ports of the same service account', () => {
    const stack = newStack();
    const network = new ComputeNetwork(stack, 'network', { name: 'prod' });
    new ComputeNetworkFirewallPolicyAssociation(stack, 'association', {
      name: 'association',
      attachmentTarget: network.selfLink,
      firewallPolicy: 'prod',
    });
    denying(stack, { network: network.name }, account);
    new VClusterPlatformIngressRules(stack, 'opening', {
      kubernetesApi: source,
      platform: new GcpFirewallPolicy({ policy: 'prod' }).serviceAccount(EMAIL),
    });
    expectRefusal(() => Testing.synth(stack), 'deny-rest-closes');
  });

  test.each<[string, Choice]>([
    ['the network evaluates its policies first', { attachedTo: 'prod', order: 'BEFORE_CLASSIC_FIREWALL' }],
    ['it belongs to a different network', { attachedTo: 'other' }],
    ['no outbound traffic is denied', { attachedTo: 'prod', egress: Egress.UNMANAGED }],
    [
      'nothing says that the network has it, and it is for other machines',
      { policy: { targetServiceAccounts: ['others@net-host.iam.gserviceaccount.com'] } },
    ],
  ])('is accepted if %s', (_what, choice) => {
    expect(warningsOf(withHostnames(choice))).toEqual([]);
  });

  test.each<[string, Choice, string]>([
    ['nothing says which network has it', {}, 'the firewall policy belongs to the network'],
    [
      'nothing is known about the network either',
      { isNamed: true },
      'the firewall policy belongs to the network and the network evaluates its firewall rules before its policies',
    ],
    [
      'it is for other machines of the network',
      { attachedTo: 'prod', policy: { targetServiceAccounts: ['others@net-host.iam.gserviceaccount.com'] } },
      'a machine is both',
    ],
  ])('gives a warning if %s', (_what, choice, reason) => {
    const [warning, ...others] = warningsOf(withHostnames(choice));
    expect(others).toEqual([]);
    expect(warning).toMatch(/^what this construct opens for .* ApinizerDataStoreRules "stack\/denying" /);
    expect(warning.split(', if ')[1]).toBe(reason);
  });
});

describe('overrides of rules', () => {
  const overridden = (
    change: (deny: ComputeFirewall, opened: ComputeFirewall, stack: TerraformStack) => void,
    priority = 2999,
    machines = web,
  ): TerraformStack => {
    const stack = newStack();
    denying(stack);
    opening(stack, { priority }, machines);
    const rules = stack.node.findAll().filter((each): each is ComputeFirewall => each instanceof ComputeFirewall);
    const deny = rules.find(
      ({ denyInput, sourceRangesInput: [range] = [] }) => denyInput !== undefined && range === '0.0.0.0/0',
    )!;
    change(
      deny,
      rules.find(({ nameInput }) => nameInput === 'allow-k8s-api-to-vcluster-platform')!,
      stack,
    );
    return stack;
  };
  type Change = Parameters<typeof overridden>[0];
  const ADDRESS = 'resource.google_compute_firewall.firewall_allow-k8s-api-to-vcluster-platform';

  test.each<[string, Change]>([
    ['opens ports, with a weaker priority', (_deny, opened) => opened.addOverride('priority', 3001)],
    ['opens ports, with a weaker priority as text', (_deny, opened) => opened.addOverride('priority', '3001')],
    [
      'opens ports, with a weaker priority in the stack',
      (_deny, _opened, stack) => stack.addOverride(`${ADDRESS}.priority`, 3001),
    ],
    ['denies, with a stronger priority', (deny) => deny.addOverride('priority', 2999)],
  ])('fail for a rule that %s', (_what, change) => {
    const stack = overridden(change);
    expectRefusal(() => Testing.synth(stack), 'deny-rest-closes');
    expectRefusal(() => stack.runAllValidations(), 'deny-rest-closes');
  });

  test('fail for a rule whose machines they change', () => {
    const other: Choose = (firewall) => firewall.networkTag('app');
    const stack = overridden((_deny, opened) => opened.addOverride('target_tags', ['web']), 4000, other);
    // the framework adds members to a list
    expectRefusal(() => Testing.synth(stack), 'deny-rest-closes');
  });

  test.each<[string, Change]>([
    ['gives a stronger priority', (_deny, opened) => opened.addOverride('priority', 2999)],
    ['gives a different network', (_deny, opened) => opened.addOverride('network', 'other')],
    ['says that the rule is not enforced', (_deny, opened) => opened.addOverride('disabled', true)],
    ['says that there is no instance of the rule', (_deny, opened) => opened.addOverride('count', 0)],
    [
      'gives the rules that deny a weaker priority',
      (_deny, _opened, stack) => {
        const rules = stack.node.findAll().filter((each): each is ComputeFirewall => each instanceof ComputeFirewall);
        for (const rule of rules) if (rule.denyInput !== undefined) rule.addOverride('priority', 4001);
      },
    ],
  ])('are accepted if one %s', (_what, change) => {
    expect(warningsOf(overridden(change, 4000))).toEqual([]);
  });

  test.each<[string, Change, string]>([
    [
      'the priority of a rule that opens ports',
      (_deny, opened) => opened.addOverride('priority', '${var.priority}'),
      'the priorities, which are known after apply, say so',
    ],
    [
      'the priority of a rule that denies',
      (deny, _opened, stack) => (deny.priority = new TerraformVariable(stack, 'priority', {}).numberValue),
      'the priorities, which are known after apply, say so',
    ],
    [
      'whether a rule is enforced',
      (_deny, opened) => {
        opened.addOverride('priority', 3001);
        opened.addOverride('disabled', '${var.disabled}');
      },
      'the values of both rules, which are known after apply, say so',
    ],
    [
      'the network',
      (_deny, opened) => {
        opened.addOverride('priority', 3001);
        opened.addOverride('network', '${var.network}');
      },
      'the two networks are one',
    ],
    [
      'the machines',
      (_deny, opened, stack) => {
        opened.addOverride('priority', 3001);
        opened.targetTags = new TerraformVariable(stack, 'tags', {}).listValue;
      },
      'a machine is both',
    ],
  ])('give a warning if this is known after apply: %s', (_what, change, reason) => {
    const warnings = warningsOf(overridden(change));
    expect(warnings.map((warning) => warning.split('(denyRest), if ')[1])).toContain(reason);
  });
});

describe('overrides of a firewall policy', () => {
  const stackWith = (
    change: (network: ComputeNetwork, association: ComputeNetworkFirewallPolicyAssociation) => void,
  ): TerraformStack => {
    const stack = newStack();
    const network = new ComputeNetwork(stack, 'network', { name: 'prod' });
    const association = new ComputeNetworkFirewallPolicyAssociation(stack, 'association', {
      name: 'association',
      attachmentTarget: network.selfLink,
      firewallPolicy: 'prod',
    });
    denying(stack, { network: network.name }, account);
    new VClusterPlatformIngressRules(stack, 'opening', {
      kubernetesApi: source,
      platform: new GcpFirewallPolicy({ policy: 'prod' }).serviceAccount(EMAIL),
    });
    change(network, association);
    return stack;
  };
  const ORDER = 'network_firewall_policy_enforcement_order';

  test('decide about the order of the network', () => {
    const first = stackWith((network) => network.addOverride(ORDER, 'BEFORE_CLASSIC_FIREWALL'));
    expect(warningsOf(first)).toEqual([]);
    const last = stackWith((network) => {
      network.networkFirewallPolicyEnforcementOrder = 'BEFORE_CLASSIC_FIREWALL';
      network.addOverride(ORDER, 'AFTER_CLASSIC_FIREWALL');
    });
    expectRefusal(() => Testing.synth(last), 'deny-rest-closes');
    const unknown = stackWith((network) => network.addOverride(ORDER, '${var.order}'));
    expect(warningsOf(unknown)[0].split('(denyRest), if ')[1]).toBe(
      'the network evaluates its firewall rules before its policies',
    );
  });

  test('decide about the network and the policy of an association', () => {
    expect(warningsOf(stackWith((_network, it) => it.addOverride('attachment_target', 'other')))).toEqual([]);
    const moved = stackWith((_network, it) => {
      it.firewallPolicy = 'other';
      it.addOverride('firewall_policy', 'prod');
    });
    expectRefusal(() => Testing.synth(moved), 'deny-rest-closes');
  });
});
