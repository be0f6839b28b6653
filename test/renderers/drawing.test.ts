import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStack } from '../../lib/model/read-stack';
import { diagramOf } from '../../lib/renderers/diagram';
import { diagramDot } from '../../lib/renderers/diagram-dot';
import { drawSvg } from '../../lib/renderers/graphviz';
import { synthesizeExamples, temporaryDirectory } from '../support/cli';
import { crossedTexts } from '../support/drawn';

const stacks = synthesizeExamples(join(temporaryDirectory().path, 'out'));

test.each(readdirSync(stacks))('no line goes through a text in the picture of %s', async (name) => {
  const { flows } = readStack(name, JSON.parse(readFileSync(join(stacks, name, 'cdk.tf.json'), 'utf8')));
  expect(crossedTexts(await drawSvg(diagramDot(diagramOf(flows))))).toEqual([]);
});
