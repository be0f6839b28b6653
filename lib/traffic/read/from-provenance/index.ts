export { accessRequests, omissions } from './access-requests';
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
