import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagramOf } from '../../lib/documents/diagram/diagram';
import { diagramDot } from '../../lib/documents/diagram/diagram-dot';
import { drawSvg } from '../../lib/documents/diagram/graphviz';
import { readStack } from '../../lib/provenance/read-stack';
import { synthesizeExamples, temporaryDirectory } from '../support/cli';
import { crossedTexts } from '../support/crossed-texts';

const stacks = synthesizeExamples(join(temporaryDirectory().path, 'out'));

test('draws no line through a text of several stacks in one picture', async () => {
  const flows = ['control-plane-vip-on-gcp', 'kubeadm-apinizer-on-aws', 'two-regions'].flatMap(
    (name) => readStack(name, JSON.parse(readFileSync(join(stacks, name, 'cdk.tf.json'), 'utf8'))).flows,
  );
  expect(crossedTexts(await drawSvg(diagramDot(diagramOf(flows))))).toEqual([]);
});

test.each(readdirSync(stacks))('draws no line through a text of %s', async (name) => {
  const { flows } = readStack(name, JSON.parse(readFileSync(join(stacks, name, 'cdk.tf.json'), 'utf8')));
  expect(crossedTexts(await drawSvg(diagramDot(diagramOf(flows))))).toEqual([]);
});
