// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import { readOnlyDeep } from '../../input';
import { DocumentedHostnames, type DocumentedHostnamesProps } from '../../opening';
import type { HostnameTable } from '../../tables';
import { hostnameEditionsOf } from '../catalog';
import { hostnamesOfTable } from '../hostnames-of-table';

/** The choices for `cloud` of `OpenShiftHostnames`. The cloud that hosts the cluster. */
export enum OpenShiftHostnamesCloud {
  /** Allows nothing in addition. */
  NONE = 'none',
  /** Allows `*.aliyuncs.com`. */
  ALIBABA = 'alibaba',
  /**
   * Allows `aws.amazon.com`, `*.amazonaws.com` (with `awsEndpoints` wildcard), `ec2.amazonaws.com` (with `awsEndpoints` listed),
   * `events.amazonaws.com` (with `awsEndpoints` listed), `iam.amazonaws.com` (with `awsEndpoints` listed),
   * `route53.amazonaws.com` (with `awsEndpoints` listed), `*.s3.amazonaws.com` (with `awsEndpoints` listed),
   * `*.s3.{region}.amazonaws.com` (with `awsEndpoints` listed), `*.s3.dualstack.{region}.amazonaws.com` (with `awsEndpoints`
   * listed), `sts.amazonaws.com` (with `awsEndpoints` listed), `sts.{region}.amazonaws.com` (with `awsEndpoints` listed),
   * `tagging.us-east-1.amazonaws.com` (with `awsEndpoints` listed), `ec2.{region}.amazonaws.com` (with `awsEndpoints` listed),
   * `elasticloadbalancing.{region}.amazonaws.com` (with `awsEndpoints` listed), `servicequotas.{region}.amazonaws.com` (with
   * `awsEndpoints` listed), `tagging.{region}.amazonaws.com` (with `awsEndpoints` listed), `*.cloudfront.net` (with
   * `awsPrivateBucket` true).
   */
  AWS = 'aws',
  /** Allows `management.azure.com`, `*.blob.core.windows.net`, `login.microsoftonline.com`. */
  AZURE = 'azure',
  /** Allows `*.googleapis.com`, `accounts.google.com`. */
  GCP = 'gcp',
}

/**
 * The choices for `awsEndpoints` of `OpenShiftHostnames`. A wildcard for the APIs of AWS, or the endpoints that the page lists.
 */
export enum OpenShiftHostnamesAwsEndpoints {
  /** Allows `*.amazonaws.com` (with `cloud` aws). */
  WILDCARD = 'wildcard',
  /**
   * Allows `ec2.amazonaws.com` (with `cloud` aws), `events.amazonaws.com` (with `cloud` aws), `iam.amazonaws.com` (with `cloud`
   * aws), `route53.amazonaws.com` (with `cloud` aws), `*.s3.amazonaws.com` (with `cloud` aws), `*.s3.{region}.amazonaws.com`
   * (with `cloud` aws), `*.s3.dualstack.{region}.amazonaws.com` (with `cloud` aws), `sts.amazonaws.com` (with `cloud` aws),
   * `sts.{region}.amazonaws.com` (with `cloud` aws), `tagging.us-east-1.amazonaws.com` (with `cloud` aws),
   * `ec2.{region}.amazonaws.com` (with `cloud` aws), `elasticloadbalancing.{region}.amazonaws.com` (with `cloud` aws),
   * `servicequotas.{region}.amazonaws.com` (with `cloud` aws), `tagging.{region}.amazonaws.com` (with `cloud` aws).
   */
  LISTED = 'listed',
}

/**
 * The choices for `clusterRoutes` of `OpenShiftHostnames`. The default cluster routes, or only the routes that Operators check;
 * none with an ingress wildcard of your own.
 */
export enum OpenShiftHostnamesClusterRoutes {
  /** Allows `*.apps.{cluster}.{domain}`. */
  WILDCARD = 'wildcard',
  /**
   * Allows `oauth-openshift.apps.{cluster}.{domain}`, `canary-openshift-ingress-canary.apps.{cluster}.{domain}`,
   * `console-openshift-console.apps.{cluster}.{domain}`.
   */
  LISTED = 'listed',
  /** Allows nothing in addition. */
  NONE = 'none',
}

/**
 * The props of `OpenShiftHostnames`.
 *
 * Rows: `red-hat-registry`, `signatures`, `catalog-registry`, `quay`, `quay-cdn`, `quay-cdn-1`, `quay-cdn-2`, `quay-cdn-3`,
 * `quay-cdn-4`, `quay-cdn-5`, `quay-cdn-6`, `sso`, `ibm-registry`, `ibm-entitled-registry`, `telemetry-certificates`,
 * `telemetry-api`, `telemetry-upload`, `alibaba`, `aws`, `aws-services`, `aws-ec2`, `aws-events`, `aws-iam`, `aws-route53`,
 * `aws-buckets`, `aws-regional-buckets`, `aws-dualstack-buckets`, `aws-sts`, `aws-regional-sts`, `aws-global-tagging`,
 * `aws-regional-ec2`, `aws-load-balancing`, `aws-quotas`, `aws-tagging`, `aws-cloudfront`, `google-services`, `google-accounts`,
 * `azure-management`, `azure-blobs`, `azure-login`, `cluster-routes`, `oauth-route`, `canary-route`, `console-route`,
 * `openshift-api`, `console`, `mirror`, `quay-storage`, `coreos-images`, `release-signatures`, `partner-registry`, `time-1`,
 * `time-2`, `time-3`. Editions: `2026-11` (default).
 */
export interface OpenShiftHostnamesProps extends DocumentedHostnamesProps {
  /**
   * The name of the cluster, such as `prod`.
   * @default - none; needed with `clusterRoutes` wildcard, or with `clusterRoutes` listed
   */
  readonly cluster?: string;
  /**
   * The base domain of the cluster, such as `example.com`.
   * @default - none; needed with `clusterRoutes` wildcard, or with `clusterRoutes` listed
   */
  readonly domain?: string;
  /**
   * The AWS region of the cluster, such as `eu-central-1`.
   * @default - none; needed with `cloud` aws and `awsEndpoints` listed
   */
  readonly region?: string;
  /**
   * Telemetry. `true` allows `cert-api.access.redhat.com`, `api.access.redhat.com`, `infogw.api.openshift.com`.
   * @default true
   */
  readonly telemetry?: boolean;
  /**
   * The cloud that hosts the cluster.
   * @default OpenShiftHostnamesCloud.NONE
   */
  readonly cloud?: OpenShiftHostnamesCloud;
  /**
   * A wildcard for the APIs of AWS, or the endpoints that the page lists.
   * @default OpenShiftHostnamesAwsEndpoints.WILDCARD
   */
  readonly awsEndpoints?: OpenShiftHostnamesAwsEndpoints;
  /**
   * The AWS Security Token Service and the private S3 bucket. `true` allows `*.cloudfront.net` (with `cloud` aws).
   * @default false
   */
  readonly awsPrivateBucket?: boolean;
  /**
   * IBM Cloud Paks. `true` allows `icr.io`, `cp.icr.io`.
   * @default false
   */
  readonly ibmCloudPaks?: boolean;
  /**
   * The default cluster routes, or only the routes that Operators check; none with an ingress wildcard of your own.
   * @default OpenShiftHostnamesClusterRoutes.WILDCARD
   */
  readonly clusterRoutes?: OpenShiftHostnamesClusterRoutes;
  /**
   * Optional third-party content. `true` allows `registry.connect.redhat.com`.
   * @default false
   */
  readonly thirdParty?: boolean;
  /**
   * A default Red Hat NTP server. `true` allows `1.rhel.pool.ntp.org`, `2.rhel.pool.ntp.org`, `3.rhel.pool.ntp.org`.
   * @default false
   */
  readonly redHatNtp?: boolean;
  /**
   * The edition of the document.
   * @default - the edition of `hostnameTable`
   */
  readonly edition?: string;
}

/**
 * Allows outbound traffic to the hostnames of OpenShift Container Platform, as "Configuring your firewall for OpenShift Container
 * Platform" documents them: https://github.com/openshift/openshift-docs/blob/main/modules/configuring-firewall.adoc
 *
 * Allowed by default: `registry.redhat.io`, `access.redhat.com`, `registry.access.redhat.com`, `quay.io`, `cdn.quay.io`,
 * `cdn01.quay.io`, `cdn02.quay.io`, `cdn03.quay.io`, `cdn04.quay.io`, `cdn05.quay.io`, `cdn06.quay.io`, `sso.redhat.com`,
 * `cert-api.access.redhat.com`, `api.access.redhat.com`, `infogw.api.openshift.com`, `*.apps.{cluster}.{domain}`,
 * `api.openshift.com`, `console.redhat.com`, `mirror.openshift.com`, `quayio-production-s3.s3.amazonaws.com`,
 * `rhcos.mirror.openshift.com`, `storage.googleapis.com`.
 *
 * Throws before anything is created: `hostname-filter-required`, `wildcard-not-supported` if `through` takes only exact names,
 * `choice-unknown`, `not-a-boolean`, `row-closed`, `parameter-missing`, `parameter-invalid`, `row-unknown` and `edition-unknown`.
 *
 * @example
 * new OpenShiftHostnames(stack, 'openshift-hostnames', {
 *   through: new GcpSecureWebProxy({ location: 'europe-west3' }),
 *   cluster: 'prod',
 *   domain: 'example.com',
 * });
 */
export class OpenShiftHostnames extends DocumentedHostnames {
  /** The hostname table of the default edition. */
  public static get hostnameTable(): HostnameTable {
    return readOnlyDeep(hostnameEditionsOf('openshift-hostnames')[0]);
  }

  constructor(scope: Construct, id: string, props: OpenShiftHostnamesProps) {
    super(scope, id);
    this._open(hostnamesOfTable('openshift-hostnames', props));
  }
}
