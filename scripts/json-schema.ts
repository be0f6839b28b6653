import type { Shape } from '../lib/tables/file/shape';

/** The texts that `Port.parse` reads, as far as a pattern can tell. */
const PORT =
  '^([0-9]+([-:][0-9]+)?/(tcp|udp|tcp\\+udp|sctp)|([0-9]+([.][0-9]+)?/)?icmp(v6)?|[0-9]+/ip|igmp|ipip|gre|esp|ah|vrrp)$';

/** Renders a shape as the JSON schema by which editors complete and check a file. */
export function jsonSchema(shape: Shape): object {
  switch (shape.kind) {
    case 'text':
    case 'formatted':
      return { type: 'string', minLength: 1 };
    case 'flag':
      return { type: 'boolean' };
    case 'port':
      return { type: 'string', pattern: PORT };
    case 'choice':
      return { enum: shape.choices };
    case 'list':
      return { type: 'array', items: jsonSchema(shape.of) };
    case 'map':
      return { type: 'object', additionalProperties: jsonSchema(shape.of) };
    case 'either':
      return { anyOf: shape.shapes.map(jsonSchema) };
    case 'object':
      return {
        type: 'object',
        title: shape.title,
        additionalProperties: false,
        required: Object.keys(shape.members).filter((name) => !shape.members[name].isOptional),
        properties: Object.fromEntries(
          Object.entries(shape.members).map(([name, member]) => [
            name,
            { description: member.about, ...jsonSchema(member.shape) },
          ]),
        ),
      };
  }
}
