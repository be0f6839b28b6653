import { nearestName } from '../model/nearest-name';
import { refusal, shown } from '../model/refusal';
import type { TracedFlow } from '../model/traced-flow';

/** The flows that start at a role; refuses a role from which none does. */
export function flowsFrom(flows: readonly TracedFlow[], role: string, place: string): TracedFlow[] {
  const roles = [...new Set(flows.map(({ sourceRole }) => sourceRole.id))].sort();
  if (!roles.includes(role)) {
    const near = nearestName(role, roles);
    const need = `the role must be one that opens connections: ${roles.join(', ') || 'there is none'}`;
    throw refusal(place, need, shown(role), near === undefined ? undefined : shown(near));
  }
  return flows.filter(({ sourceRole }) => sourceRole.id === role);
}
