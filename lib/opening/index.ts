export { openRows } from './chosen-options';
export { recordWarning, warnOfRedundantRanges } from './annotations';
export { bindGiven, type Binding, boundRole, type BoundRole, type OptionalRole, rolesOfEdition } from './bindings';
export { allFlows, checkRowNames, flowsWith, openedFlows, withoutOmitted } from './chosen-rows';
export { commitResources } from './commit';
export {
  DocumentedHostnames,
  type DocumentedHostnamesProps,
  type HostnamesRequest,
  type IDocumentedHostnames,
} from './documented-hostnames';
export { DocumentedRules, type IDocumentedRules, type RulesRequest } from './documented-rules';
export { endpointPort, type EndpointUse, endpointMachines } from './endpoint';
export { type CreatedRule, Ledger } from './ledger';
export { type DocumentedRulesProps, EDITIONED_RULES_PROPS, type EditionedRulesProps, placeOf } from './open-flows';
export { StackRecord } from './stack-record';
