export {
  type AddressRange,
  addressText,
  enclosingRange,
  FAMILIES,
  hostBitsOf,
  isWhole,
  networkOf,
  parseAddress,
  parseRange,
  rangesIn,
  rangeText,
  WHOLE,
} from './address-space';
export { firstIndex } from './binary-search';
export { BoxIndex, type Extent } from './box-index';
export {
  type Bounds,
  boundsOf,
  contains,
  difference,
  has,
  intersection,
  isSame,
  NOTHING,
  type Point,
  sizeOf,
  union,
  WHOLE_OR_NOTHING,
} from './bounds';
export {
  ALL_PORTS,
  existsIn,
  FAMILY_BOUNDARIES,
  hasPorts,
  hasTypes,
  meantPorts,
  overlap,
  parsePorts,
  parsePrintedPorts,
  type PortInterval,
  portInterval,
  PORTS_NEED,
  portTexts,
  protocolNumber,
  protocolOf,
  typeInterval,
} from '../../net';
export { isPublic, isWorldWide, PUBLIC } from './public-space';
export {
  addressesAt,
  aligned,
  atPorts,
  combine,
  EMPTY,
  extentsOf,
  isSameRegion,
  joined,
  portsOf,
  type Region,
  regionDifference,
  regionIntersection,
  regionOf,
  regionUnion,
  type Slab,
} from './region';
export { type Box, hasBox, partIn, Remainder, slabOf, widestBoxes } from './widest-boxes';
export { parseWrittenText, writtenText } from './written-ranges';
export { writtenPorts } from './written-ports';
