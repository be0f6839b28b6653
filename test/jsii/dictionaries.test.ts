// Python passes a dictionary inside a list or a map with its keys as written, and jsii's kernel drops those that it does not know. A
// property with one word is spelled the same in Python and in TypeScript.
import { type InterfaceType, PackageAssembly, type Property, type TypeReference } from '../../scripts/jsii-assembly';

const assembly = new PackageAssembly();
const hasTwoWords = ({ name }: Property): boolean => /[A-Z]/.test(name);

test('a dictionary in a list loses no optional property in silence: a required one fails first if it is spelled as in Python', () => {
  const structs = structsInCollections();
  expect(structs.map(({ name }) => name)).toEqual(expect.arrayContaining(['ApinizerGateway', 'ContainerPort', 'Role']));
  const lost = structs.flatMap((struct) => {
    const properties = assembly.properties(struct);
    const failsFirst = properties.some((property) => !property.optional && hasTwoWords(property));
    return failsFirst
      ? []
      : properties
          .filter((property) => property.optional && hasTwoWords(property))
          .map((property) => `${struct.name}.${property.name}`);
  });
  expect(lost).toEqual([]);
});

/** The structs that a caller passes in a list or a map, and those that their properties have. */
function structsInCollections(): InterfaceType[] {
  const found = new Set<InterfaceType>();
  const add = (reference: TypeReference, isInside: boolean): void => {
    const element = assembly.elementOf(reference);
    if (element !== undefined) {
      add(element, true);
      return;
    }
    const type = 'fqn' in reference ? assembly.find(reference.fqn) : undefined;
    if (!isInside || !isStruct(type) || found.has(type)) return;
    found.add(type);
    for (const property of assembly.properties(type)) add(property.type, true);
  };
  for (const type of assembly.types.values()) {
    if (isStruct(type)) for (const property of assembly.properties(type)) add(property.type, false);
  }
  for (const call of assembly.calls()) {
    for (const { type, variadic } of assembly.parameters(call)) add(type, variadic === true);
  }
  return [...found];
}

function isStruct(type: ReturnType<PackageAssembly['find']>): type is InterfaceType {
  return type?.kind === 'interface' && type.datatype === true;
}
