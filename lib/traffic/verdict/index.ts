export { type AclPackets, judgedByAcl } from './acl-judge';
export {
  type JudgedEnd,
  EndJudge,
  joinedVerdict,
  type NearEnd,
  type ChangingRule,
  type RuleVerdict,
} from './end-judge';
export { isUncertainName, PossibleRules } from './possible-rules';
