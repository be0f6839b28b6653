import type * as Constructs from 'constructs';

type ConstructClass = new (scope: Constructs.Construct, id: string) => Constructs.Construct;

/** Whether constructs of this library that are created from now on have different ids. */
export const renaming = { isOn: false };

/** Returns the module `constructs` in which the ids of this library's constructs change while `renaming.isOn`: for `jest.mock`. */
export function constructsWithOtherIds(): typeof Constructs {
  const actual = jest.requireActual<typeof Constructs>('constructs');
  class Construct extends actual.Construct {
    public constructor(scope: Constructs.Construct, id: string) {
      super(scope, renaming.isOn && isOfLibrary(new.target) ? `${id}-renamed` : id);
    }
  }
  return { ...actual, Construct };
}

function isOfLibrary(constructor: ConstructClass): boolean {
  return Object.values(jest.requireActual<object>('cdktf-cluster-ports')).includes(constructor);
}
