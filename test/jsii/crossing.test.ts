// jsii's kernel adds two properties to every object that it passes to a different language. It cannot add them to a frozen, sealed or
// otherwise non-extensible object, and the user's program fails.
import { App } from 'cdktf';
import * as exported from 'cdktf-cluster-ports';
import { exampleApp } from '../../examples/all';
import { PackageAssembly } from '../../scripts/jsii-assembly';
import { FrozenValues } from './frozen-values';
import { KernelClient } from './kernel-client';
import { sampleProgram } from './sample-program';

const assembly = new PackageAssembly();

describe('a program that makes every public call through the kernel', () => {
  const jsii = new KernelClient(assembly);

  beforeAll(() => {
    for (const type of assembly.types.values()) {
      const constants = assembly.properties(type).filter((property) => property.static);
      for (const { name } of constants) jsii.constant(`${type.name}.${name}`);
    }
    sampleProgram(jsii);
  });

  test('makes every call: add a new one to sample-program.ts, or give a class that nobody constructs a private constructor', () => {
    expect(assembly.calls().filter((call) => !jsii.called.has(call))).toEqual([]);
  });

  test('gets no value that the kernel cannot mark', () => {
    expect(jsii.marked).toBeGreaterThan(500);
    expect([...jsii.unmarkable]).toEqual([]);
  });
});

test('constants, and what the constructs of all examples hand out, stay extensible', () => {
  const values = new FrozenValues(assembly, exported);
  values.addConstants();
  exampleApp(new App())
    .node.findAll()
    .forEach((construct) => values.addObject(construct));
  expect(values.count).toBeGreaterThan(500);
  expect([...values.places]).toEqual([]);
});
