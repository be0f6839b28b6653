import { refusal, shown } from '../model/refusal';
import { hasForm } from '../model/token-text';

/** The form of an id. */
export const GROUP_ID = /^sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** Refuses what cannot be the id of a security group. */
export function checkGroupId(id: string, place: string): void {
  if (!hasForm(id, GROUP_ID)) {
    const need = 'a security group id must be "sg-" and 8 or 17 hexadecimal digits, or the id of a resource';
    throw refusal(place, need, shown(id));
  }
}
