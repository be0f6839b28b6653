import { type TerraformStack, Testing } from 'cdktf';
import { ApinizerHybrid } from '../examples/apinizer-hybrid';
import { checkPlan } from '../lib/checks/check-plan';
import { checkScript } from '../lib/checks/check-script';
import { machinePlaces, providedNetworks, withNetworks } from '../lib/cli/openings';
import { commandScript } from '../lib/documents/commands/commands';
import { diagramOf } from '../lib/documents/diagram/diagram';
import { diagramDot } from '../lib/documents/diagram/diagram-dot';
import { diagramMermaid } from '../lib/documents/diagram/diagram-mermaid';
import { drawSvg } from '../lib/documents/diagram/graphviz';
import { matrixFileTable } from '../lib/documents/matrix-file-table';
import { matrixJson, matrixMarkdown } from '../lib/documents/port-matrix';
import { externalChecks } from '../lib/documents/request/external-checks';
import { requestedFlows } from '../lib/documents/request/request-blocks';
import { headedRequestMarkdown, headedRequestTable } from '../lib/documents/request/request-table';
import { headedRequestText } from '../lib/documents/request/request-text';
import { csvTable } from '../lib/text/text-table';
import { readStack, type TracedStack } from '../lib/provenance/read-stack';
import { type JsonObject, provenanceIn, readTerraform } from '../lib/traffic';

const FOLDER = 'examples/documents/apinizer-hybrid';
/** The machines to check, because the request contains only ranges. */
const HOSTS = { 'mongodb-berlin': ['10.8.0.4', '10.8.0.5'], 'elasticsearch-berlin': ['10.8.0.20'] };

/** Renders all documents of one example, by file. */
export async function exampleDocuments(): Promise<Record<string, string>> {
  const { flows, ...stack } = synthesized(new ApinizerHybrid(Testing.app(), 'apinizer-hybrid'));
  const requested = requestedFlows(flows, 'external');
  const diagram = diagramOf(flows);
  const dot = diagramDot(diagram);
  const parts = [{ flows: requested, hostnames: [], routing: [] }];
  const checks = externalChecks(flows);
  const documents = {
    'request.txt': headedRequestText({}, parts, checks),
    'request.md': headedRequestMarkdown({}, parts, checks),
    'request.csv': csvTable(headedRequestTable({}, parts, checks)),
    'matrix.md': matrixMarkdown(flows),
    'matrix.csv': csvTable(matrixFileTable(flows, [])),
    'matrix.json': matrixJson(flows, [], { undocumented: [], notEvaluated: [] }),
    'diagram.mmd': diagramMermaid(diagram),
    'diagram.dot': dot,
    'diagram.svg': await drawSvg(dot),
    'commands.sh': commandScript([{ stack: { flows, ...stack } }]),
    'verify.sh': checkScript(checkPlan(flows, { as: 'worker', hosts: HOSTS, place: 'verify' })),
  };
  return Object.fromEntries(Object.entries(documents).map(([file, text]) => [`${FOLDER}/${file}`, text]));
}

function synthesized(stack: TerraformStack): TracedStack {
  const { id } = stack.node;
  const json = JSON.parse(JSON.stringify(stack.toTerraform())) as JsonObject;
  const traced = readStack(id, json);
  const networks = providedNetworks(traced, json, id);
  const places = machinePlaces(readTerraform(json, id)).get(id) ?? [];
  return withNetworks(traced, provenanceIn(json, id)!, { traffic: [], networks, places });
}
