export { containsTraffic, trafficDifference, trafficIntersection } from './algebra';
export { type Packet, packetIn, packetText, witnesses } from './packet';
export { allowedBy, byPrecedence, deniesByName, permittedBy } from './permitted-by';
export { type Cell, type Pair, pairKey, PermittedTraffic } from './permitted-traffic';
export { type PacketPoint, RuleIndex } from './rule-index';
export { rowText, type TrafficRow, trafficRows } from './traffic-rows';
export { assumingRanges, boundedRules, isUnknownFarEnd } from './unknown-ranges';
export { deniesLost } from './several-names';
