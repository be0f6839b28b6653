export { type Cover, cover, type MissingPort, type UndocumentedPorts } from './cover';
export type { NamedRole } from './machines';
