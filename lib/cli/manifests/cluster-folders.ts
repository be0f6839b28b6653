import { createHash } from 'node:crypto';
import { grouped } from '../../input';

const HASH_DIGITS = 8;

/**
 * Returns a name for each cluster that is also the name of a folder, from what says which cluster it is: `host https://a.example.com:6443`
 * is `a.example.com-6443`, and `context ["prod","~/.kube/config"]` is `prod`. A name does not depend on other clusters, unless they would
 * have the same one.
 */
export function clusterFolders(clusters: Iterable<string>): Map<string, string> {
  const names = grouped([...new Set(clusters)], (cluster) => plainName(cluster).toLowerCase());
  return new Map(
    [...names.values()].flatMap((same) =>
      same.map((cluster): [string, string] => {
        const name = plainName(cluster);
        return [cluster, same.length === 1 ? name : `${name}-${hashOf(cluster)}`];
      }),
    ),
  );
}

function plainName(cluster: string): string {
  const [, context] = /^context \["((?:[^"\\]|\\.)*)"/.exec(cluster) ?? [];
  const own = context ?? cluster.replace(/^(?:host|named|provider) /, '');
  const plain = own.replace(/^[a-z]+:\/\//, '').replace(/[^\w.]+/g, '-');
  return plain.replace(/^[-.]+|[-.]+$/g, '') || hashOf(cluster);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_DIGITS);
}
