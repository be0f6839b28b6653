// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The choices for `serverPorts` of `PortainerRules`. Ports of the machine (Docker, or a load balancer), or NodePorts of
 * Kubernetes.
 */
export enum PortainerServerPorts {
  /**
   * Opens `https` (9443/tcp), `http` (9000/tcp, with `http` true), `https` (9443/tcp, with `edgeAgents` standard or async),
   * `tunnel` (8000/tcp, with `edgeAgents` standard).
   */
  HOST = 'host',
  /**
   * Opens `node-port-https` (30779/tcp), `node-port-http` (30777/tcp, with `http` true), `node-port-https` (30779/tcp, with
   * `edgeAgents` standard or async), `node-port-tunnel` (30776/tcp, with `edgeAgents` standard).
   */
  NODE_PORT = 'node-port',
}

/** The choices for `edgeAgents` of `PortainerRules`. Edge Agents, in standard or in async mode. */
export enum PortainerEdgeAgents {
  /** Opens nothing in addition. */
  NONE = 'none',
  /**
   * Opens `https` (9443/tcp, with `serverPorts` host), `tunnel` (8000/tcp, with `serverPorts` host), `node-port-https`
   * (30779/tcp, with `serverPorts` node-port), `node-port-tunnel` (30776/tcp, with `serverPorts` node-port).
   */
  STANDARD = 'standard',
  /** Opens `https` (9443/tcp, with `serverPorts` host), `node-port-https` (30779/tcp, with `serverPorts` node-port). */
  ASYNC = 'async',
}

/** The choices for `agents` of `PortainerRules`. Where the Portainer Agents run. */
export enum PortainerAgents {
  /** Opens `agent` (9001/tcp). */
  DOCKER = 'docker',
  /** Opens `agent` (9001/tcp). */
  SWARM = 'swarm',
  /** Opens `agent-load-balancer` (9001/tcp). */
  KUBERNETES_LOAD_BALANCER = 'kubernetes-load-balancer',
  /** Opens `node-port-agent` (30778/tcp). */
  KUBERNETES_NODE_PORT = 'kubernetes-node-port',
  /** Opens nothing in addition. */
  NONE = 'none',
}

/**
 * The props of `PortainerRules`.
 *
 * Rows: `https`, `node-port-https`, `http`, `node-port-http`, `tunnel`, `node-port-tunnel`, `agent`, `agent-load-balancer`,
 * `node-port-agent`. Editions: `2025-05` (default).
 */
export interface PortainerRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "users of the UI and the API".
   * @default - none; needed with `serverPorts` host, or with `serverPorts` node-port, or with `serverPorts` host and `http` true,
   * or with `serverPorts` node-port and `http` true
   */
  readonly user?: IPeer;
  /**
   * The machines that the document calls "Portainer Server".
   * @default - none; needed with `serverPorts` host, or with `serverPorts` node-port, or with `serverPorts` host and `http` true,
   * or with `serverPorts` node-port and `http` true, or with `serverPorts` host and `edgeAgents` standard or async, or with
   * `serverPorts` host and `edgeAgents` standard, or with `serverPorts` node-port and `edgeAgents` standard or async, or with
   * `serverPorts` node-port and `edgeAgents` standard, or with `agents` docker or swarm, or with `agents`
   * kubernetes-load-balancer, or with `agents` kubernetes-node-port
   */
  readonly server?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "Edge Agents".
   * @default - none; needed with `serverPorts` host and `edgeAgents` standard or async, or with `serverPorts` host and
   * `edgeAgents` standard, or with `serverPorts` node-port and `edgeAgents` standard or async, or with `serverPorts` node-port
   * and `edgeAgents` standard
   */
  readonly edgeAgent?: IPeer;
  /**
   * The machines that the document calls "Portainer Agents".
   * @default - none; needed with `agents` docker or swarm, or with `agents` kubernetes-load-balancer, or with `agents`
   * kubernetes-node-port, or with `agents` swarm
   */
  readonly agent?: IHostGroup;
  /**
   * Ports of the machine (Docker, or a load balancer), or NodePorts of Kubernetes.
   * @default PortainerServerPorts.HOST
   */
  readonly serverPorts?: PortainerServerPorts;
  /**
   * The UI by HTTP. `true` opens `http` (9000/tcp, with `serverPorts` host), `node-port-http` (30777/tcp, with `serverPorts`
   * node-port).
   * @default false
   */
  readonly http?: boolean;
  /**
   * Edge Agents, in standard or in async mode.
   * @default PortainerEdgeAgents.NONE
   */
  readonly edgeAgents?: PortainerEdgeAgents;
  /**
   * Where the Portainer Agents run.
   * @default PortainerAgents.DOCKER
   */
  readonly agents?: PortainerAgents;
}

/**
 * Opens the ports of Portainer, as "Requirements and prerequisites: Ports" documents them:
 * https://github.com/portainer/portainer-docs/blob/f985f23bf70add74c85b35064be63f6f7c461e9e/start/requirements-and-prerequisites.md
 *
 * Opened by default: 9443/tcp to Portainer Server from users of the UI and the API; 9001/tcp to Portainer Agents from Portainer
 * Server.
 *
 * NodePorts: `node-port-https`, `node-port-http`, `node-port-tunnel`, `node-port-agent`.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown`
 * and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new PortainerRules(stack, 'portainer', {
 *   user: Peer.named('user', '10.1.0.0/16'),
 *   server: firewall.networkTag('server'),
 *   agent: firewall.networkTag('agent'),
 * });
 */
export class PortainerRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('portainer')[0]);
  }

  constructor(scope: Construct, id: string, props: PortainerRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('portainer', props));
  }
}
