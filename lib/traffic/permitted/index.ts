export { containsTraffic, trafficDifference, trafficIntersection } from './algebra';
export { type Packet, packetIn, packetText, witnesses } from './packet';
export { allowedBy, byPrecedence, permittedBy } from './permitted-by';
export { type Cell, type Pair, pairKey, PermittedTraffic } from './permitted-traffic';
export { inPolicyOrder } from './policy-orders';
export { type PacketPoint, RuleIndex } from './rule-index';
export { rowText, type TrafficRow, trafficRows } from './traffic-rows';
export { type Part, ranksOf, RuleParts } from './rule-parts';
export { allowsAdvanced, deniesByName, deniesLost } from './several-names';
