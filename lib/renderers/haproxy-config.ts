import { checkObject } from '../model/object-given';
import { checkPortNumber } from '../model/port';
import { refusal, shown } from '../model/refusal';
import { checkText } from '../model/text';
import { API_SERVER_PORT, endpoint, serverLines, type HaproxyServer } from './haproxy-servers';

const PATH = /^\/[\w./+@-]+$/;

/** How HAProxy finds out which servers of a control plane work. */
export enum HaproxyChecks {
  /** Over TLS, it asks each API server whether it is ready, and sends nothing to one that does not answer 200. */
  READY = 'ready',
  /**
   * As the document has it. Of its two checks only the last one counts (`option ssl-hello-chk`), so a server stays up as long
   * as it answers a TLS hello at all: one whose API server answers 500 keeps its share of the connections.
   */
  DOCUMENTED = 'documented',
}

/** The servers of a control plane, and how HAProxy stands before them. */
export interface HaproxyConfigProps {
  /** The servers of the control plane, at least one. */
  readonly servers: HaproxyServer[];
  /**
   * How HAProxy finds out which servers work.
   * @default HaproxyChecks.READY
   */
  readonly checks?: HaproxyChecks;
  /**
   * The file on the HAProxy machine with the certificate authority of the cluster, as kubeadm's `/etc/kubernetes/pki/ca.crt`:
   * then a check believes only servers whose certificate it has signed. For `HaproxyChecks.READY` alone.
   * @default - checks believe any certificate; clients still check it themselves
   */
  readonly caFile?: string;
  /**
   * The address on which HAProxy listens, as the virtual one.
   * @default - every IPv4 address of the machine
   */
  readonly bindAddress?: string;
  /**
   * The port on which HAProxy listens.
   * @default 6443
   */
  readonly port?: number;
}

/** The part of a HAProxy configuration that puts one address before the servers of a control plane, on premises. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- jsii exports no bare functions
export class HaproxyConfig {
  /**
   * Renders a frontend and a backend, to stand behind the `global` and `defaults` of HAProxy's own file. HAProxy 2.2 or newer, on
   * a machine of its own: on a control plane, the API server has the port already.
   *
   * The checks of `HaproxyChecks.READY` need API servers that answer `/readyz` to anyone, as those of kubeadm do.
   * @param props the servers, and how HAProxy stands before them
   */
  public static render(props: HaproxyConfigProps): string {
    const place = 'HaproxyConfig.render';
    checkObject(props, 'servers', '{ servers: [{ name, address }] }', place);
    const { servers, checks = HaproxyChecks.READY, caFile, bindAddress, port = API_SERVER_PORT } = props;
    if (!Object.values(HaproxyChecks).includes(checks)) {
      throw refusal(place, 'checks must be one of HaproxyChecks', shown(checks), 'HaproxyChecks.READY');
    }
    checkPortNumber(port, place);
    const bind = bindAddress === undefined ? `*:${port}` : endpoint(bindAddress, port, `${place}, bindAddress`);
    const lines = serverLines(servers, bind, place);
    const trusted = trust(caFile, checks, place);
    return checks === HaproxyChecks.READY ? ready(bind, lines, trusted) : documented(bind, lines);
  }
}

function trust(caFile: string | undefined, checks: HaproxyChecks, place: string): string {
  if (caFile === undefined) return 'verify none';
  if (!PATH.test(checkText(caFile, place, 'caFile'))) {
    throw refusal(place, 'caFile must be an absolute path of letters, digits and . _ - + @', shown(caFile));
  }
  if (checks === HaproxyChecks.DOCUMENTED) {
    throw refusal(
      place,
      'caFile needs checks that read certificates',
      'HaproxyChecks.DOCUMENTED',
      'HaproxyChecks.READY',
    );
  }
  return `verify required ca-file ${caFile}`;
}

/** Idle streams, as watches and followed logs, may last an hour; the minutes of a distribution's defaults would cut them. */
function ready(bind: string, servers: readonly string[], trusted: string): string {
  return text([
    'frontend kubernetes-cluster',
    `    bind ${bind}`,
    '    mode tcp',
    '    option tcplog',
    '    timeout client 1h',
    '    default_backend kubernetes-master',
    '',
    'backend kubernetes-master',
    '    mode tcp',
    '    option httpchk',
    '    http-check connect ssl',
    '    http-check send meth GET uri /readyz',
    '    http-check expect status 200',
    '    timeout connect 5s',
    '    timeout check 5s',
    '    timeout server 1h',
    '    balance roundrobin',
    ...servers.map((server) => `    ${server} check fall 3 rise 2 ${trusted}`),
  ]);
}

/** Word for word as in the document. */
function documented(bind: string, servers: readonly string[]): string {
  return text([
    'frontend kubernetes-cluster',
    `    bind ${bind}`,
    '    mode tcp',
    '    option tcplog',
    '    default_backend kubernetes-master',
    '',
    'backend kubernetes-master',
    '    option httpchk GET /healthz',
    '    http-check expect status 200',
    '    mode tcp',
    '    option ssl-hello-chk',
    '    balance roundrobin',
    ...servers.map((server) => `    ${server} check fall 3 rise 2`),
  ]);
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
