import { type TerraformStack, Testing } from 'cdktf';
import {
  ApinizerNodePorts,
  AwsSecurityGroup,
  Basis,
  CanalRules,
  CiliumRules,
  DocumentedPortRules,
  GcpFirewall,
  type IHostGroup,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  PortTables,
  Rke2Cni,
  Rke2Rules,
} from '../../../lib';
import { Rke2CiliumLonghornRancherOnAws } from '../../../examples/rke2-cilium-longhorn-rancher-on-aws';
import { Rke2CiliumLonghornRancherOnGcp } from '../../../examples/rke2-cilium-longhorn-rancher-on-gcp';
import { baselineText, compareWithBaseline, identified, readBaseline } from '../../../lib/traffic/lint/baseline';
import type { Finding } from '../../../lib/traffic/lint/finding';
import { lint } from '../../../lib/traffic/lint/lint';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { newStack } from '../../support/clouds';

function found(stack: TerraformStack, code: string): Finding[] {
  const { findings } = lint(readTerraform(JSON.parse(JSON.stringify(stack.toTerraform())), 'cdk.tf.json'));
  return findings.filter((finding) => finding.code === code);
}

const messages = (stack: TerraformStack, code: string): string[] => found(stack, code).map(({ message }) => message);

const AWS_NODE = AwsSecurityGroup.fromId('sg-0123456789abcdef0');
const GCP_NODE = new GcpFirewall({ network: 'prod' }).networkTag('node');

function rke2(stack: TerraformStack, node: IHostGroup, cni: Rke2Cni): void {
  new Rke2Rules(stack, 'rke2', { server: node, agent: node, cni, omit: cni === Rke2Cni.CILIUM ? ICMP : undefined });
}

const ICMP = ['cilium-ping', 'cilium-ping-reply'];

function cilium(stack: TerraformStack, node: IHostGroup, ports: Record<string, Port> = {}): void {
  new CiliumRules(stack, 'cilium', { node, ports: { ping: Port.icmp(), ...ports } });
}

describe('a port that two products claim', () => {
  const CODE = 'port-claimed-twice';

  test.each([
    ['AWS', AWS_NODE, 'security group sg-0123456789abcdef0'],
    ['GCP', GCP_NODE, 'network tag node'],
  ])('is information on %s, because RKE2 has Canal by default', (_cloud, node, label) => {
    const stack = newStack();
    rke2(stack, node, Rke2Cni.CANAL);
    cilium(stack, node);
    const [finding, ...others] = found(stack, CODE);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      level: 'information',
      address: 'stack/cilium',
      subject: '8472/udp cilium/vxlan and 8472/udp rke2/canal-vxlan',
      message:
        `it opens 8472/udp of ${label} for vxlan of cilium@2026-11 (VXLAN overlay), and stack/rke2 for canal-vxlan of ` +
        'rke2@2026-05 (Canal CNI with VXLAN); a port of a machine belongs to one program',
    });
    expect(finding.related.length).toBeGreaterThan(0);
  });

  test('is found for 4789/udp of a table of yours', () => {
    const stack = newStack();
    rke2(stack, AWS_NODE, Rke2Cni.FLANNEL);
    const node = { id: 'node', title: 'nodes' };
    const row = { name: 'tunnel', port: Port.udp(4789), description: 'Overlay', section: 'Ports' };
    new DocumentedPortRules(stack, 'overlay', {
      table: {
        ...{ id: 'overlay', edition: '2026-10', title: 'Overlay', reference: 'https://wiki.example.com/overlay' },
        comparedOn: '2026-11-21',
        flows: [{ source: node, destination: node, rows: [{ ...row, protocolBasis: Basis.TABLE }] }],
      },
      roles: { node: AWS_NODE },
    });
    expect(messages(stack, CODE)).toEqual([
      'it opens 4789/udp of security group sg-0123456789abcdef0 for tunnel of overlay@2026-10 (Overlay), and stack/rke2 for ' +
        'flannel-vxlan of rke2@2026-05 (Flannel CNI with VXLAN); a port of a machine belongs to one program',
    ]);
  });

  test('is not found if the option of one product names the other one', () => {
    const stack = newStack();
    rke2(stack, AWS_NODE, Rke2Cni.CILIUM);
    cilium(stack, AWS_NODE);
    expect(messages(stack, CODE)).toEqual([]);
    const canal = newStack();
    rke2(canal, AWS_NODE, Rke2Cni.CANAL);
    new CanalRules(canal, 'canal', { node: AWS_NODE });
    expect(messages(canal, CODE)).toEqual([]);
  });

  test('is not found on different machines, in different networks, or if one of the rows is left out or moved', () => {
    const apart = newStack();
    rke2(apart, GCP_NODE, Rke2Cni.CANAL);
    cilium(apart, new GcpFirewall({ network: 'prod' }).networkTag('other'));
    expect(messages(apart, CODE)).toEqual([]);
    const networks = newStack();
    rke2(networks, GCP_NODE, Rke2Cni.CANAL);
    cilium(networks, new GcpFirewall({ network: 'test' }).networkTag('node'));
    expect(messages(networks, CODE)).toEqual([]);
    const moved = newStack();
    rke2(moved, AWS_NODE, Rke2Cni.CANAL);
    cilium(moved, AWS_NODE, { vxlan: Port.udp(8473) });
    expect(messages(moved, CODE)).toEqual([]);
  });

  test('is found at the port that rows were moved to', () => {
    const stack = newStack();
    rke2(stack, AWS_NODE, Rke2Cni.CILIUM);
    cilium(stack, AWS_NODE, { 'hubble-server': Port.tcp(9345) });
    expect(messages(stack, CODE)).toEqual([
      expect.stringContaining('9345/tcp of security group sg-0123456789abcdef0 for hubble-server of cilium@2026-11'),
    ]);
  });

  test('is not found for the kubelet that two documents name', () => {
    const stack = newStack();
    new KubeadmFlannelClusterRules(stack, 'cluster', {
      controlPlane: AWS_NODE,
      workers: AWS_NODE,
      workerToWorkerFlannel: true,
    });
    new DocumentedPortRules(stack, 'metrics-server', {
      table: PortTables.named('metrics-server'),
      roles: { 'control-plane': AWS_NODE, worker: AWS_NODE, 'metrics-server': AWS_NODE },
    });
    expect(messages(stack, CODE)).toEqual([]);
  });

  test('is not found for ports of pods and ranges', () => {
    expect(messages(new Rke2CiliumLonghornRancherOnAws(Testing.app(), 'aws'), CODE)).toEqual([]);
    expect(messages(new Rke2CiliumLonghornRancherOnGcp(Testing.app(), 'gcp'), CODE)).toEqual([]);
  });

  test('is accepted by a baseline', () => {
    const stack = newStack();
    rke2(stack, AWS_NODE, Rke2Cni.CANAL);
    cilium(stack, AWS_NODE);
    const findings = identified(found(stack, CODE), () => 'stack');
    const baseline = readBaseline(JSON.parse(baselineText(findings, [])), 'baseline.json');
    expect(compareWithBaseline(findings, baseline).fresh).toEqual([]);
  });
});

const RULE = 'google_compute_firewall.firewall_';

describe('a port that several rules on GCP open between the same machines', () => {
  const overlaps = (open: (stack: TerraformStack) => void): string[] => {
    const stack = newStack();
    open(stack);
    return found(stack, 'overlap').map(({ level, address, message }) => `${level} ${address}: ${message}`);
  };

  test('is information, once for each rule that is not redundant', () => {
    expect(
      overlaps((stack) => {
        rke2(stack, GCP_NODE, Rke2Cni.CILIUM);
        cilium(stack, GCP_NODE);
      }),
    ).toEqual([
      `information ${RULE}rke2-server-to-server: it opens 4240/tcp, 6443/tcp, 8472/udp, 9345/tcp, 10250/tcp, 30000-32767/tcp, which ` +
        `${RULE}cilium-node-to-node and ${RULE}rke2-agent-to-agent and ${RULE}rke2-agent-to-server open between the same machines too`,
      `information ${RULE}rke2-agent-to-server: it opens 4240/tcp, 8472/udp, 10250/tcp, 30000-32767/tcp, which ` +
        `${RULE}cilium-node-to-node and ${RULE}rke2-agent-to-agent open between the same machines too`,
      `information ${RULE}rke2-agent-to-agent: it opens 4240/tcp, 8472/udp, which ${RULE}cilium-node-to-node opens between the same machines too`,
    ]);
  });

  test('is not found on AWS, between different machines, or from different ranges', () => {
    const onAws = (stack: TerraformStack): void => {
      rke2(stack, AWS_NODE, Rke2Cni.CILIUM);
      cilium(stack, AWS_NODE);
    };
    expect(overlaps(onAws)).toEqual([]);
    const apart = (stack: TerraformStack): void => {
      cilium(stack, GCP_NODE);
      new CiliumRules(stack, 'other', {
        node: new GcpFirewall({ network: 'prod', namePrefix: 'other' }).networkTag('other'),
        ports: { ping: Port.icmp() },
      });
    };
    expect(overlaps(apart)).toEqual([]);
    const gateways =
      (...ranges: string[]) =>
      (stack: TerraformStack): void =>
        ranges.forEach((range, index) => {
          new ApinizerNodePorts(stack, `portal${index}`, {
            workers: GCP_NODE,
            gateways: [{ environment: `e${index}`, clients: Peer.cidr(range, `192.168.${index}.0/24`) }],
          });
        });
    expect(overlaps(gateways('10.0.0.0/16', '10.1.0.0/16'))).toEqual([]);
    expect(overlaps(gateways('10.0.0.0/15', '10.1.0.0/16'))).toHaveLength(1);
  });
});
