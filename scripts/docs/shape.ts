import { z } from 'zod';

/** What is used here of JSON Schema, as zod writes it. */
interface JsonSchema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly description?: string;
}

/** One field of a fact's data: its path (`recipients[].email`), its type in words, and what it means, if the model says. */
export interface Field {
  readonly path: string;
  readonly type: string;
  readonly description: string;
}

const typeOf = (schema: JsonSchema): string => {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(typeOf).join(' or ');
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.type === 'array') return `list of ${schema.items?.properties ? 'objects' : typeOf(schema.items ?? {})}`;
  if (schema.type === 'object' && !schema.properties && typeof schema.additionalProperties === 'object') return `map of ${typeOf(schema.additionalProperties)}`;
  return schema.format ?? schema.type ?? 'anything';
};

/** The objects inside of a schema, through lists and choices. */
const objectsIn = (schema: JsonSchema, suffix = ''): { readonly schema: JsonSchema; readonly suffix: string }[] => {
  if (schema.properties) return [{ schema, suffix }];
  if (schema.items) return objectsIn(schema.items, `${suffix}[]`);
  return (schema.anyOf ?? schema.oneOf ?? []).flatMap((choice) => objectsIn(choice, suffix));
};

const fieldsIn = (schema: JsonSchema, prefix: string): Field[] =>
  objectsIn(schema, prefix).flatMap(({ schema: object, suffix }) =>
    Object.entries(object.properties ?? {}).flatMap(([name, field]) => {
      const path = suffix === '' ? name : `${suffix}.${name}`;
      const optional = object.required?.includes(name) ? '' : ', may be left out';
      return [{ path, type: `${typeOf(field)}${optional}`, description: field.description ?? '' }, ...fieldsIn(field, path)];
    }),
  );

/** The fields of a model, as they are on the wire. */
export const fieldsOf = (model: z.ZodType): readonly Field[] => fieldsIn(z.toJSONSchema(model, { io: 'input', unrepresentable: 'any' }) as JsonSchema, '');
