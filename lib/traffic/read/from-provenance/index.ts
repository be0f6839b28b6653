export { accessRequests, omissions } from './access-requests';
export { givenListSizes, withSizesInCode } from './list-sizes';
export { machinesBehind, neededByHostname, neededHostnames } from './needed-hostnames';
export {
  egressToDns,
  egressToEverything,
  neededBy,
  neededRules,
  type ProvenanceContext,
  provenanceContext,
  refusalInWords,
  selectedGroups,
  outputName,
  selectedMachines,
} from './needed-rules';
