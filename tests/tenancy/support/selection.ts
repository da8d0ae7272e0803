import { getNamedType, isCompositeType, isEnumType, isRequiredArgument, isUnionType, type GraphQLArgument, type GraphQLField, type GraphQLNamedType, type GraphQLObjectType, type GraphQLOutputType, type GraphQLSchema, type GraphQLUnionType } from 'graphql';

/** Fields that one selection asks for at most: well below what the gateway takes, and quick to plan. */
const MOST_FIELDS = 500;
const DEPTHS = [4, 3, 2, 1];

/** Connections and their edges are the way to an object, not one themselves. */
const isWay = (type: GraphQLNamedType): boolean => /(Connection|Edge)$/.test(type.name);

const literal = ({ name, type }: GraphQLArgument): string => {
  const named = getNamedType(type);
  if (isEnumType(named)) return `${name}: ${named.getValues()[0]!.name}`;
  throw new Error(`A selection cannot fill the argument ${name}: ${String(type)}. Say in selection.ts with what.`);
};

const call = ({ name, args }: GraphQLField<unknown, unknown>): string => {
  const required = args.filter(isRequiredArgument).map(literal);
  return required.length > 0 ? `${name}(${required.join(', ')})` : name;
};

const fieldsOf = (type: GraphQLObjectType): GraphQLField<unknown, unknown>[] => Object.values(type.getFields()).filter(({ name }) => !name.startsWith('_'));

/** Members of a union may have a field of the same name and of another type: each then goes by a name of its own. */
const clashing = (union: GraphQLUnionType): ReadonlySet<string> => {
  const types = Map.groupBy(union.getTypes().flatMap(fieldsOf), ({ name }) => name);
  return new Set([...types].filter(([, fields]) => new Set(fields.map(({ type }) => String(type))).size > 1).map(([name]) => name));
};

/** Every field of a type, and of the types within, down to a depth. A type within itself shows its own values only. */
const select = (type: GraphQLNamedType, depth: number, within: readonly string[] = [], apart: ReadonlySet<string> = new Set()): string => {
  if (isUnionType(type)) {
    const clashes = clashing(type);
    return ` { __typename ${type.getTypes().map((member) => `... on ${member.name}${select(member, depth, within, clashes)}`).join(' ')} }`;
  }
  if (!isCompositeType(type)) return '';
  const inner = [...within, type.name];
  const fields = fieldsOf(type as GraphQLObjectType).flatMap((field) => {
    const named = getNamedType(field.type);
    const alias = apart.has(field.name) ? `${type.name}_${field.name}: ` : '';
    if (!isCompositeType(named)) return `${alias}${call(field)}`;
    if (within.includes(named.name) || depth === 0) return [];
    return `${alias}${call(field)}${select(named, isWay(named) || isWay(type) ? depth : depth - 1, inner)}`;
  });
  return ` { __typename ${fields.join(' ')} }`;
};

const size = (selection: string): number => selection.match(/[\w)](?= |$)/g)?.length ?? 0;

/** All that a type can show, as deep as a bounded number of fields goes: a field that is added is asked for by itself. */
export const everythingOf = (type: GraphQLOutputType): string => {
  const candidates = DEPTHS.map((depth) => select(getNamedType(type), depth));
  return candidates.find((selection) => size(selection) <= MOST_FIELDS) ?? candidates.at(-1)!;
};

/** An operation of one root field with all its arguments as variables and all that it can show. */
export const operationOf = (schema: GraphQLSchema, path: string): string => {
  const [root = '', name = ''] = path.split('.');
  const field = (schema.getType(root) as GraphQLObjectType).getFields()[name]!;
  const declared = field.args.map(({ name: argument, type, defaultValue }) => `$${argument}: ${defaultValue === undefined ? String(type) : String(type).replace(/!$/, '')}`);
  const passed = field.args.map(({ name: argument }) => `${argument}: $${argument}`);
  const inBrackets = (list: readonly string[]): string => (list.length > 0 ? `(${list.join(', ')})` : '');
  return `${root.toLowerCase()}${inBrackets(declared)} { ${name}${inBrackets(passed)}${everythingOf(field.type)} }`;
};
