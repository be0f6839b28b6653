export { checkRestAtSynthesis } from './denied-rest';
export { isSurelyOther, RuleAttributes } from './rule-attributes';
export { sameness, type Sureness } from './same-resource';
export { checkShadowAtSynthesis } from './shadow-rule';
