import { refusal, shown } from './refusal';

/** Refuses what is no object where JavaScript lets people leave one out. */
export function checkObject(value: unknown, needed: string, fix: string, place: string): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw refusal(place, `an object with ${needed} is needed`, shown(value), fix);
}
