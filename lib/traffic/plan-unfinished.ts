import { isOfTraffic } from './names';
import { objectIn, objectsIn } from './plan-instances';
import type { Resources } from './resource';
import type { JsonObject } from './terraform-json';

/** What a plan does not say: all that was still to come where Terraform stopped, and what it put off. */
export function unfinishedParts(json: JsonObject, file: string): Resources['notEvaluated'] {
  const stopped = json.errored === true ? [{ address: 'plan', reason: 'Terraform stopped at an error' }] : [];
  const deferred = objectsIn(json.deferred_changes, `${file}, deferred_changes`).flatMap((item, index) => {
    const change = objectIn(item.resource_change, `${file}, deferred_changes[${index}].resource_change`);
    const { address, type } = change ?? {};
    if (typeof type === 'string' && !isOfTraffic(type)) return [];
    return [
      { address: typeof address === 'string' ? address : 'plan', reason: 'Terraform puts it off to a later plan' },
    ];
  });
  return [...stopped, ...deferred];
}
