export { type JudgedEnd, EndJudge, joinedVerdict, type NearEnd, type RuleVerdict } from './end-judge';
