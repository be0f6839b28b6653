import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformStack,
  Testing,
  Token,
  Tokenization,
} from 'cdktf';
import { verbatim } from '../../lib/framework';

const VALUE = {
  texts: ['${a.b.c} $${d} %{ if true }', '${TfToken[TOKEN.0]}', '-8.1095622125913805e+298'],
  absent: undefined,
  none: [],
  nested: { list: [[1], [{ a: 'b' }]] },
};

function stackWith(metadata: object): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new (class extends TerraformElement {
    public override toMetadata(): object {
      return { own: metadata };
    }
  })(stack, 'element');
  return stack;
}

test('is written as it is, without what is absent', () => {
  const written = stackWith(verbatim(VALUE)).toTerraform()['//'].metadata.own;
  expect(JSON.parse(JSON.stringify(written))).toEqual(VALUE);
});

test('is written as it is in the metadata of HCL', () => {
  const { metadata } = stackWith(verbatim(VALUE)).toHclTerraform();
  expect(JSON.parse(JSON.stringify(metadata))['//'].metadata.own).toEqual(VALUE);
});

test('stands beside other metadata, whose tokens are resolved', () => {
  const stack = stackWith({ kept: verbatim(VALUE), resolved: Token.asString({ resolve: () => 'text' }) });
  expect(stack.toTerraform()['//'].metadata.own).toEqual({ kept: VALUE, resolved: 'text' });
});

test('is its value if the framework resolves it only once', () => {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const resolved = Tokenization.resolve(verbatim(VALUE), { scope: Testing.app(), resolver, preparing: false });
  expect(JSON.parse(JSON.stringify(resolved))).toEqual(VALUE);
});
