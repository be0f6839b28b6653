import { refusal } from '../input';
import type { CheckPlan } from './check-plan';
import { checkScript } from './check-script';
import { yamlText } from './yaml-text';

/** Where the checks run in a cluster, and how they try connections. */
interface JobOptions extends NonNullable<Parameters<typeof checkScript>[1]> {
  /** The id of the role that checks, or a name of its machines. */
  readonly as: string;
  readonly namespace: string;
  /** The labels of the pod, so that the network policies of the pods that it stands for select it. */
  readonly labels: Readonly<Record<string, string>>;
  /** An image with `sh` and `nc`. */
  readonly image: string;
  /** How errors name the call: `verify`. */
  readonly place: string;
}

/** An image of a few megabytes whose `sh` and `nc` the script understands. */
export const JOB_IMAGE = 'docker.io/library/busybox:1.37';
const NOBODY = 65534;
const SCRIPT = 'verify.sh';
/** The API server refuses a ConfigMap with more data. */
const MAX_SCRIPT_BYTES = 1024 * 1024;
const MAX_NAME_LENGTH = 63;

/**
 * Renders the checks as a Kubernetes Job with the script in a ConfigMap, so that they run where the pods are. Its pod runs under the
 * Pod Security Standard "restricted". The exit code of the script is that of the pod, and its output is in the log.
 */
export function checkJob(plan: CheckPlan, { as, namespace, labels, image, place, ...options }: JobOptions): string {
  const script = checkScript(plan, options);
  const bytes = Buffer.byteLength(script);
  if (bytes > MAX_SCRIPT_BYTES) {
    const need = `the script must have at most ${MAX_SCRIPT_BYTES} bytes, because a ConfigMap has no room for more`;
    throw refusal(place, 'job-too-large', need, `${bytes} bytes`, '--for script, or fewer --hosts');
  }
  const name = jobName(as);
  const metadata = { name, namespace };
  const comments = [
    `kubectl apply -f <this file> && kubectl -n ${namespace} logs -f job/${name}`,
    `The Job has failed unless every connection is open. To run it again: kubectl -n ${namespace} delete job ${name}`,
  ];
  return [
    ...comments.map((line) => `# ${line}\n`),
    ...[
      { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { [SCRIPT]: script } },
      { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: jobSpec({ name, labels, image }) },
    ].map((manifest) => `---\n${yamlText(manifest)}`),
  ].join('');
}

/** Returns the name of the Job: `cluster-ports-verify-worker`. */
function jobName(as: string): string {
  const words = `cluster-ports-verify-${as}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return words.slice(0, MAX_NAME_LENGTH).replace(/-$/, '');
}

function jobSpec({ name, labels, image }: Pick<JobOptions, 'labels' | 'image'> & { readonly name: string }): object {
  return {
    backoffLimit: 0,
    template: {
      metadata: { labels },
      spec: {
        restartPolicy: 'Never',
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: NOBODY,
          runAsGroup: NOBODY,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        containers: [
          {
            name: 'verify',
            image,
            command: ['sh', `/checks/${SCRIPT}`],
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ['ALL'] },
            },
            resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
            volumeMounts: [{ name: 'checks', mountPath: '/checks', readOnly: true }],
          },
        ],
        volumes: [{ name: 'checks', configMap: { name } }],
      },
    },
  };
}
