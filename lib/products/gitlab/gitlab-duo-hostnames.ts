// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import { readOnlyDeep } from '../../input';
import { DocumentedHostnames, type DocumentedHostnamesProps } from '../../opening';
import type { HostnameTable } from '../../tables';
import { hostnameEditionsOf } from '../catalog';
import { hostnamesOfTable } from '../hostnames-of-table';

/**
 * The choices for `machines` of `GitLabDuoHostnames`. The machines behind the filter, application nodes of GitLab or runners.
 */
export enum GitLabDuoHostnamesMachines {
  /** Allows `duo-workflow-svc.runway.gitlab.net`, `customers.gitlab.com`, `cloud.gitlab.com`. */
  GITLAB = 'gitlab',
  /** Allows `registry.npmjs.org`, `registry.gitlab.com`. */
  RUNNER = 'runner',
}

/**
 * The props of `GitLabDuoHostnames`.
 *
 * Rows: `duo-workflow`, `customers`, `cloud`, `npm`, `images`. Editions: `2026-11` (default).
 */
export interface GitLabDuoHostnamesProps extends DocumentedHostnamesProps {
  /**
   * The machines behind the filter, application nodes of GitLab or runners.
   * @default GitLabDuoHostnamesMachines.GITLAB
   */
  readonly machines?: GitLabDuoHostnamesMachines;
  /**
   * The edition of the document.
   * @default - the edition of `hostnameTable`
   */
  readonly edition?: string;
}

/**
 * Allows outbound traffic to the hostnames of GitLab Duo, as "Configure GitLab Duo on GitLab Self-Managed" documents them:
 * https://github.com/gitlabhq/gitlabhq/blob/7b22abd8e0b0f8257f4e5d361f95ed84a9013e5f/doc/administration/gitlab_duo/configure/gitlab_self_managed.md
 *
 * Allowed by default: `duo-workflow-svc.runway.gitlab.net`, `customers.gitlab.com`, `cloud.gitlab.com`.
 *
 * Throws before anything is created: `hostname-filter-required`, `wildcard-not-supported` if `through` takes only exact names,
 * `choice-unknown`, `row-closed`, `row-unknown` and `edition-unknown`.
 *
 * @example
 * new GitLabDuoHostnames(stack, 'gitlab-duo-hostnames', { through: new GcpSecureWebProxy({ location: 'europe-west3' }) });
 */
export class GitLabDuoHostnames extends DocumentedHostnames {
  /** The hostname table of the default edition. */
  public static get hostnameTable(): HostnameTable {
    return readOnlyDeep(hostnameEditionsOf('gitlab-duo-hostnames')[0]);
  }

  constructor(scope: Construct, id: string, props: GitLabDuoHostnamesProps) {
    super(scope, id);
    this._open(hostnamesOfTable('gitlab-duo-hostnames', props));
  }
}
