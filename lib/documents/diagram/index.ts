export { diagramOf } from './diagram';
export { diagramDot } from './diagram-dot';
export { diagramMermaid } from './diagram-mermaid';
export { drawSvg } from './graphviz';
