import { checkMember } from '../../../input';
import type { SelectorJson } from '../../../provenance';

/** What happens with rules of a security group that no construct asks for. Terraform never removes them because of this setting. */
export enum UnmanagedRules {
  /** Nothing: other teams may have rules of their own in the group. */
  IGNORE = 'ignore',
  /** `cluster-ports lint` finds each of them (`unmanaged-rule`) in a synthesized stack, a plan or a state. */
  REPORT = 'report',
}

/** Throws unless `unmanagedRules` is absent or a member of `UnmanagedRules`. */
export function checkUnmanagedRules(value: UnmanagedRules | undefined, place: string): void {
  if (value === undefined) return;
  checkMember(
    value,
    { members: UnmanagedRules, name: 'UnmanagedRules', prop: 'unmanagedRules', code: 'unmanaged-rules-invalid' },
    place,
  );
}

/** Returns what the provenance says about rules that no construct asks for. */
export function reportedRules(value: UnmanagedRules | undefined): Pick<SelectorJson, 'unmanagedRules'> {
  return value === UnmanagedRules.REPORT ? { unmanagedRules: 'report' } : {};
}
