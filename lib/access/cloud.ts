import { nearestName, refusal, shown } from '../input';

/** Whose firewall protects machines. */
export enum Cloud {
  /** Google Cloud. */
  GCP = 'gcp',
  /** Amazon Web Services. */
  AWS = 'aws',
  /** Kubernetes: the network policies of a cluster. */
  KUBERNETES = 'kubernetes',
  /** A firewall that another team manages: the firewall team. */
  EXTERNAL = 'external',
}

/**
 * How this library manages the outbound traffic of machines. Each call that takes it says what the values mean there.
 */
export enum Egress {
  /** One outbound rule for each documented flow that starts at these machines. */
  DOCUMENTED = 'documented',
  /** Rules that allow all outbound traffic. */
  ALL = 'all',
  /** This library creates no outbound rule. */
  UNMANAGED = 'unmanaged',
}

/** Throws unless `egress` is a member of `Egress`. */
export function checkEgress(egress: unknown, place: string): void {
  if (Object.values(Egress).some((member) => member === egress)) return;
  const names = Object.keys(Egress).map((name) => `Egress.${name}`);
  const need = `egress must be one of ${names.join(', ')}`;
  throw refusal(place, 'egress-invalid', need, shown(egress), meantEgress(egress));
}

/** Returns the member that a value most likely means. `true` could mean two of them, so it means none. */
function meantEgress(value: unknown): string | undefined {
  if (value === false) return 'Egress.UNMANAGED';
  if (typeof value !== 'string') return undefined;
  const text = value.toUpperCase().replace(/^EGRESS\./, '');
  const nearest = nearestName(text, Object.keys(Egress));
  // "managed" is near "unmanaged" and means the opposite
  return nearest?.startsWith(text.charAt(0)) ? `Egress.${nearest}` : undefined;
}
