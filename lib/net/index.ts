export { Cidr, parseCidr, parseSingleAddress, canonicalRange } from './cidr';
export { checkDnsName, checkHostname, withLeadingDot, isDnsName, isWildcard } from './hostname';
export { ADDRESS_BITS, AddressFamily, FAMILY_NAMES, formatIpAddress, parseIpAddress, unmapped } from './ip-address';
export { rangesOf, redundantRanges, sortedRanges } from './ip-ranges';
export { clusterText } from './kubernetes-cluster';
export { isLabelKey, isLabelValue } from './kubernetes-labels';
export {
  ALL_PORTS,
  existsIn,
  FAMILY_BOUNDARIES,
  meantPorts,
  overlap,
  parsePorts,
  parsePrintedPorts,
  type PortInterval,
  portInterval,
  PORTS_NEED,
  portTexts,
  protocolOf,
  typeInterval,
} from './port-space';
export { hasPorts, hasTypes, nameOfProtocol, protocolNumber, PROTOCOLS } from './protocols';
export {
  byPort,
  checkPortNumber,
  hasPackets,
  isIcmp,
  isPort,
  isPortNumber,
  LAST_PORT,
  NODE_PORTS,
  Port,
  PORT_NEED,
  portCall,
  Protocol,
  suggestedPort,
} from './port';
export { publicHosting } from './public-hosting';
export {
  areWorldWide,
  DEFAULT_WORLD_THRESHOLD,
  isMostOfWorld,
  parseWorldThreshold,
  publicSize,
  publicSpace,
  type WorldThreshold,
} from './public-space';
