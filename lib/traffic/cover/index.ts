export { type Cover, cover, type MissingPort, type UndocumentedPorts } from './cover';
