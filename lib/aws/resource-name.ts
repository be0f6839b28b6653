import { refusal, shown } from '../model/refusal';

const NAME = /^[A-Za-z][\w-]*$/;

/** Refuses a name that cannot be the name of an AWS resource and a Terraform address both. */
export function checkResourceName(name: string, idPrefix: string, longest: number, place: string): void {
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw refusal(place, 'name must be letters, digits, hyphens and underscores, beginning with a letter', shown(name));
  }
  if (name.toLowerCase().startsWith(idPrefix)) {
    throw refusal(place, `name must not begin with "${idPrefix}", as the ids of AWS do`, shown(name));
  }
  if (name.length > longest) throw refusal(place, `name must have at most ${longest} characters`, `${name.length}`);
}
