import { Testing, type TerraformStack } from 'cdktf';
import { ApinizerHybrid } from '../examples/apinizer-hybrid';
import { checkPlan } from '../lib/checks/check-plan';
import { checkScript } from '../lib/checks/check-script';
import { readStack, type TracedStack } from '../lib/model/read-stack';
import { commandScript } from '../lib/renderers/commands';
import { diagramOf } from '../lib/renderers/diagram';
import { diagramDot } from '../lib/renderers/diagram-dot';
import { diagramMermaid } from '../lib/renderers/diagram-mermaid';
import { drawSvg } from '../lib/renderers/graphviz';
import { matrixJson, matrixMarkdown, matrixTable } from '../lib/renderers/port-matrix';
import { requestedFlows } from '../lib/renderers/request-blocks';
import { requestMarkdown, requestTable } from '../lib/renderers/request-table';
import { requestText } from '../lib/renderers/request-text';
import { csvTable } from '../lib/renderers/text-table';

const FOLDER = 'examples/documents/apinizer-hybrid';
/** The machines that somebody who checks has looked up: the request names ranges. */
const HOSTS = { 'mongodb-berlin': ['10.8.0.4', '10.8.0.5'], 'elasticsearch-berlin': ['10.8.0.20'] };

/** All renderings of one example, by the files in which people read them. */
export async function exampleDocuments(): Promise<Record<string, string>> {
  const { flows, ...stack } = synthesized(new ApinizerHybrid(Testing.app(), 'apinizer-hybrid'));
  const requested = requestedFlows(flows, 'external');
  const diagram = diagramOf(flows);
  const dot = diagramDot(diagram);
  const documents = {
    'request.txt': requestText(requested),
    'request.md': requestMarkdown(requested),
    'request.csv': csvTable(requestTable(requested)),
    'matrix.md': matrixMarkdown(flows),
    'matrix.csv': csvTable(matrixTable(flows)),
    'matrix.json': matrixJson(flows),
    'diagram.mmd': diagramMermaid(diagram),
    'diagram.dot': dot,
    'diagram.svg': await drawSvg(dot),
    'commands.sh': commandScript([{ stack: { flows, ...stack } }]),
    'verify.sh': checkScript(checkPlan(flows, { as: 'worker', hosts: HOSTS, place: 'verify' })),
  };
  return Object.fromEntries(Object.entries(documents).map(([file, text]) => [`${FOLDER}/${file}`, text]));
}

function synthesized(stack: TerraformStack): TracedStack {
  return readStack(stack.node.id, JSON.parse(JSON.stringify(stack.toTerraform())));
}
