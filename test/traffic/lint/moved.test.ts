import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import {
  ApinizerNodePorts,
  AwsSecurityGroup,
  CiliumRules,
  ControlPlaneEndpoint,
  ControlPlaneVipRules,
  ExternalHosts,
  GcpFirewall,
  type IHostGroup,
  KubeadmFlannelClusterRules,
  KubernetesPods,
  Peer,
  Port,
  VClusterPlatformIngressRules,
} from '../../../lib';
import { lint } from '../../../lib/traffic/lint/lint';
import { combinedConfiguration } from '../../../lib/traffic/read/combined-configuration';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { newStack } from '../../support/clouds';

const [controlPlane, workers, balancer] = ['0', '1', '2'].map((end) =>
  AwsSecurityGroup.fromId(`sg-0123456789abcdef${end}`),
);

type Ports = Record<string, Port>;

function cluster(scope: TerraformStack, id: string, ports?: Ports, machines: IHostGroup = controlPlane): void {
  new KubeadmFlannelClusterRules(scope, id, { controlPlane: machines, workers, workerToWorkerFlannel: false, ports });
}

function vip(scope: TerraformStack, id: string, ports?: Ports, virtualAddress: IHostGroup = balancer): void {
  new ControlPlaneVipRules(scope, id, { controlPlane, workers, virtualAddress, loadBalancer: balancer, ports });
}

function findings(kind: string, ...stacks: TerraformStack[]): string[] {
  const read = stacks.map((stack) => {
    const json = JSON.parse(JSON.stringify(stack.toTerraform())) as unknown;
    return [stack.node.id, readTerraform(json, `${stack.node.id}.json`)] as const;
  });
  const configuration = read.length === 1 ? read[0][1] : combinedConfiguration('all', read);
  return lint(configuration)
    .findings.filter((one) => one.code === kind)
    .map(({ message }) => message);
}

const API_SERVER = Port.tcp(7443);

test('an endpoint moves the virtual address and the API server together', () => {
  const stack = newStack();
  const machines = { controlPlane, workers, virtualAddress: balancer };
  const endpoint = new ControlPlaneEndpoint({ ...machines, port: 7443 });
  new KubeadmFlannelClusterRules(stack, 'cluster', { endpoint, workerToWorkerFlannel: false });
  new ControlPlaneVipRules(stack, 'vip', { endpoint });
  expect(findings('moved-apart', stack)).toEqual([]);
  // one of them without the endpoint is found
  const apart = newStack();
  cluster(apart, 'cluster');
  new ControlPlaneVipRules(apart, 'vip', { endpoint });
  expect(findings('moved-apart', apart)).not.toEqual([]);
});

describe('networks of one name in two projects', () => {
  const inProject = (id: string, project: string | undefined, disabled: boolean, ports?: Ports): TerraformStack => {
    const stack = new TerraformStack(Testing.app(), id);
    new GoogleProvider(stack, 'google', { project });
    const firewall = new GcpFirewall({ network: 'prod', disabled });
    new VClusterPlatformIngressRules(stack, 'platform', {
      kubernetesApi: Peer.cidr('172.16.0.0/28'),
      platform: firewall.networkTag('platform'),
      ports,
    });
    return stack;
  };
  const webhook = { webhook: Port.tcp(9543) };

  test.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])('are different machines, also if a firewall is disabled: %s, %s', (first, second) => {
    const stacks = [inProject('one', 'proj-one', first), inProject('two', 'proj-two', second, webhook)];
    expect(findings('moved-apart', ...stacks)).toEqual([]);
    const same = [inProject('one', 'proj-one', first), inProject('two', 'proj-one', second, webhook)];
    expect(findings('moved-apart', ...same)).toHaveLength(1);
  });
});

test('pods of two stacks are different machines, also if their labels are the same', () => {
  const open = (stack: TerraformStack, id: string, ports?: Ports): void => {
    const platform = KubernetesPods.labelled({ namespace: 'vcluster', labels: { app: 'loft' }, namePrefix: id });
    new VClusterPlatformIngressRules(stack, id, { kubernetesApi: Peer.cidr('172.16.0.0/28'), platform, ports });
  };
  const [one, two, both] = ['one', 'two', 'both'].map((id) => new TerraformStack(Testing.app(), id));
  open(one, 'first');
  open(two, 'first', { webhook: Port.tcp(9543) });
  expect(findings('moved-apart', one, two)).toEqual([]);
  open(both, 'first');
  open(both, 'second', { webhook: Port.tcp(9543) });
  expect(findings('moved-apart', both)).toHaveLength(1);
});

describe('rows that belong together and were moved apart are found', () => {
  test('if the API server is moved on the control plane, and not on its virtual address', () => {
    const stack = newStack();
    cluster(stack, 'cluster', { 'api-server': API_SERVER });
    vip(stack, 'vip');
    const [first, ...others] = findings('moved-apart', stack);
    expect(first).toBe(
      'rows that belong together were moved apart: ' +
        'control-plane-vip@2024-12/load-balancer-to-control-plane/routing at 6443/tcp, ' +
        'kubeadm-flannel@2024-12/control-plane-to-control-plane/api-server at 7443/tcp, ' +
        'kubeadm-flannel@2024-12/worker-to-control-plane/api-server at 7443/tcp; their sources have 6443/tcp for all of them',
    );
    expect(others).toEqual([
      expect.stringContaining('control-plane-vip@2024-12/worker-to-virtual-ip/virtual-ip at 6443/tcp'),
    ]);
  });

  test('in each of two stacks that were moved alike', () => {
    const stacks = ['one', 'two'].map((name) => new TerraformStack(Testing.app(), name));
    for (const stack of stacks) {
      cluster(stack, 'cluster', { 'api-server': API_SERVER });
      vip(stack, 'vip');
    }
    // the machines are the same in both, so the rows of their API server are one finding
    expect(findings('moved-apart', ...stacks)).toHaveLength(3);
  });

  test('if the virtual address is moved, and the machines behind it are not', () => {
    const stack = newStack();
    cluster(stack, 'cluster');
    vip(stack, 'vip', { 'virtual-ip': API_SERVER });
    expect(findings('moved-apart', stack)).toHaveLength(1);
  });

  test('if the virtual address is in the hands of the firewall team', () => {
    const stack = newStack();
    vip(stack, 'vip', { routing: API_SERVER }, ExternalHosts.named('balancer', '10.0.0.9/32'));
    expect(findings('moved-apart', stack)).toHaveLength(1);
  });

  test('if one construct moves a row, and another one opens the same row of the same machines', () => {
    const stack = newStack();
    cluster(stack, 'one', { kubelet: Port.tcp(10350) });
    cluster(stack, 'two');
    expect(findings('moved-apart', stack)).toEqual([
      'rows that belong together were moved apart: kubeadm-flannel@2024-12/control-plane-to-worker/kubelet at 10250/tcp, ' +
        'kubeadm-flannel@2024-12/control-plane-to-worker/kubelet at 10350/tcp; their sources have 10250/tcp for all of them',
      'rows that belong together were moved apart: kubeadm-flannel@2024-12/control-plane-to-control-plane/kubelet at 10250/tcp, ' +
        'kubeadm-flannel@2024-12/control-plane-to-control-plane/kubelet at 10350/tcp; their sources have 10250/tcp for all of them',
    ]);
  });

  test('if one construct moves a row for one of two sources', () => {
    const stack = newStack();
    cluster(stack, 'one', { 'worker>control-plane/api-server': API_SERVER });
    expect(findings('moved-apart', stack)).toHaveLength(1);
  });

  test('in two stacks, and in two editions', () => {
    const [one, two] = ['one', 'two'].map((name) => new TerraformStack(Testing.app(), name));
    cluster(one, 'a', { kubelet: Port.tcp(10350) });
    new KubeadmFlannelClusterRules(two, 'b', {
      controlPlane,
      workers: AwsSecurityGroup.fromId('sg-0123456789abcdef3'),
      workerToWorkerFlannel: false,
      edition: '2026-03',
    });
    expect(findings('moved-apart', one, two)).toHaveLength(1);
  });
});

describe('nothing is found', () => {
  test('if the API server is moved everywhere', () => {
    const stack = newStack();
    cluster(stack, 'cluster', { 'api-server': API_SERVER });
    vip(stack, 'vip', { 'virtual-ip': API_SERVER, routing: API_SERVER });
    expect(findings('moved-apart', stack)).toEqual([]);
  });

  test('if the machines are different', () => {
    const stack = newStack();
    for (const name of ['one', 'two']) {
      new KubeadmFlannelClusterRules(stack, name, {
        controlPlane: new GcpFirewall({ network: 'prod', project: 'net-host', namePrefix: `${name}-` }).networkTag(
          `${name}-cp`,
        ),
        workers: new GcpFirewall({ network: 'prod', project: 'net-host', namePrefix: `${name}-` }).networkTag(
          `${name}-worker`,
        ),
        workerToWorkerFlannel: false,
        ports: name === 'one' ? { kubelet: Port.tcp(10350) } : undefined,
      });
    }
    expect(findings('moved-apart', stack)).toEqual([]);
  });

  test('for the gateways of several environments', () => {
    const stack = newStack();
    new ApinizerNodePorts(stack, 'ports', {
      workers,
      gateways: [
        { environment: 'prod', clients: Peer.cidr('10.50.0.0/24') },
        { environment: 'test', clients: Peer.cidr('10.51.0.0/24'), port: 30081 },
      ],
    });
    expect(findings('moved-apart', stack)).toEqual([]);
    expect(findings('moved', stack)).toEqual([
      'it opens apinizer-node-ports@2024-12/gateway-client-to-worker/api-gateway at 30081/tcp, document: 30080/tcp',
    ]);
  });
});

test('a moved row is found in a plan too, by the description of its rule', () => {
  const rule = {
    security_group_id: 'sg-0123456789abcdef0',
    ip_protocol: 'tcp',
    from_port: 10350,
    to_port: 10350,
    cidr_ipv4: '10.0.0.0/8',
    description: 'Kubelet API; document: 10250/tcp [kubeadm-flannel@2024-12/control-plane-to-worker/kubelet]',
  };
  const type = 'aws_vpc_security_group_ingress_rule';
  const resources = [{ address: `${type}.kubelet`, mode: 'managed', type, name: 'kubelet', values: rule }];
  const plan = { format_version: '1.2', planned_values: { root_module: { resources } } };
  const { findings: all } = lint(readTerraform(plan, 'plan.json'));
  expect(all.filter(({ code }) => code === 'moved').map(({ address, message }) => [address, message])).toEqual([
    [
      `${type}.kubelet`,
      'it opens kubeadm-flannel@2024-12/control-plane-to-worker/kubelet at 10350/tcp, document: 10250/tcp',
    ],
  ]);
});

test('a later edition is found once for each table, and says what it would add', () => {
  const stack = newStack();
  cluster(stack, 'one');
  cluster(stack, 'two', undefined, workers);
  expect(findings('later-edition', stack)).toEqual([
    'a later edition exists: 2026-03; it adds control-plane>control-plane/controller-manager 10257/tcp, ' +
      'control-plane>control-plane/scheduler 10259/tcp',
  ]);
});

describe('a row of ICMP that is opened with every type, because firewalls on GCP have no types,', () => {
  const synthesized = (): any => {
    const stack = newStack();
    const node = new GcpFirewall({ network: 'prod' }).networkTag('node');
    new CiliumRules(stack, 'cilium', { node, ports: { ping: Port.icmp() } });
    return JSON.parse(JSON.stringify(stack.toTerraform()));
  };
  const found = (json: unknown, code: string): string[] => {
    const { findings: all } = lint(readTerraform(json, 'cdk.tf.json'));
    return [...new Set(all.filter((one) => one.code === code).map(({ message }) => message))];
  };
  const MOVED = 'it opens cilium@2026-11/node-to-node/ping at icmp, document: 8/icmp';

  test('has no false claim, whether the provenance or only the description says it', () => {
    const json = synthesized();
    expect([found(json, 'moved'), found(json, 'false-claim')]).toEqual([[MOVED], []]);
    delete json['//'];
    expect([found(json, 'moved'), found(json, 'false-claim')]).toEqual([[MOVED], []]);
  });

  test('still has a false claim if the rule opens a different port too', () => {
    const json = synthesized();
    const [rule] = Object.values<any>(json.resource.google_compute_firewall);
    rule.allow.push({ protocol: 'tcp', ports: ['22'] });
    for (const why of ['provenance', 'description']) {
      if (why === 'description') delete json['//'];
      const claims = found(json, 'false-claim');
      expect({ why, claims }).toEqual({ why, claims: [expect.stringContaining('it also allows 22/tcp')] });
    }
  });
});
