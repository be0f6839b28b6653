import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { bind } = require('jest-each');
const { expect } = require('expect');

// A snapshot shows a reviewer what changed; only the other assertions say what is right.
const passes = () => ({ pass: true, message: () => '' });
expect.extend({ toMatchSnapshot: passes, toMatchInlineSnapshot: passes });
expect.addSnapshotSerializer = () => {};

/** The part of Jest that the tests use, without the module registry per file that makes Jest slow to start. */
export class SmallJest {
  tests = [];
  names = [];

  constructor() {
    const describe = (name, body) => {
      this.names.push(name);
      body();
      this.names.pop();
    };
    const test = (name, body) => {
      const whole = [...this.names, name].join(' ');
      const same = this.tests.filter((other) => other.title === whole).length;
      this.tests.push({ file: this.file, title: whole, name: same === 0 ? whole : `${whole} (${same + 1})`, body });
    };
    describe.each = bind(describe, false);
    test.each = bind(test, false);
    // temporary files are removed with the directory of the run
    const afterAll = () => {};
    Object.assign(globalThis, {
      describe,
      test,
      expect,
      afterAll,
      jest: { ...require('jest-mock'), requireActual: require },
    });
  }

  /** Registers the tests of a file. An error while the file is loaded becomes a failing test. */
  load(file, name) {
    const { names } = this;
    this.file = file;
    globalThis.describe(name, () => {
      try {
        require(file);
      } catch (error) {
        this.names = names.slice(0, 1);
        globalThis.test('can be loaded', () => {
          throw error;
        });
      }
    });
  }

  clear() {
    this.tests = [];
    this.names = [];
  }
}
