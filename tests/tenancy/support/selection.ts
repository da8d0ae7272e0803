import { demandsOf, satisfies, type Actor } from '@buffrsign/kernel/gateway';
import { getNamedType, isCompositeType, isEnumType, isObjectType, isRequiredArgument, isUnionType, type GraphQLArgument, type GraphQLField, type GraphQLNamedType, type GraphQLObjectType, type GraphQLOutputType, type GraphQLSchema, type GraphQLUnionType } from 'graphql';

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

/** Whether somebody may ask for a field at all: one that is refused takes the object around it along, and what that would have shown. */
const mayAsk = (actor: Actor, field: GraphQLField<unknown, unknown>): boolean => {
  const type = getNamedType(field.type);
  const nodes = isObjectType(type) ? [field.astNode, type.astNode, ...type.extensionASTNodes] : [field.astNode];
  return nodes.flatMap(demandsOf).every((demand) => satisfies(actor, demand));
};

/** Members of a union may have a field of the same name and of another type: each then goes by a name of its own. */
const clashing = (union: GraphQLUnionType): ReadonlySet<string> => {
  const types = Map.groupBy(union.getTypes().flatMap(fieldsOf), ({ name }) => name);
  return new Set([...types].filter(([, fields]) => new Set(fields.map(({ type }) => String(type))).size > 1).map(([name]) => name));
};

/** Every field of a type that somebody may ask for, and of the types within, down to a depth. A type within itself shows its own values only. */
const select = (actor: Actor, type: GraphQLNamedType, depth: number, within: readonly string[] = [], apart: ReadonlySet<string> = new Set()): string => {
  if (isUnionType(type)) {
    const clashes = clashing(type);
    return ` { __typename ${type.getTypes().map((member) => `... on ${member.name}${select(actor, member, depth, within, clashes)}`).join(' ')} }`;
  }
  if (!isCompositeType(type)) return '';
  const inner = [...within, type.name];
  const fields = fieldsOf(type as GraphQLObjectType).filter((field) => mayAsk(actor, field)).flatMap((field) => {
    const named = getNamedType(field.type);
    const alias = apart.has(field.name) ? `${type.name}_${field.name}: ` : '';
    if (!isCompositeType(named)) return `${alias}${call(field)}`;
    if (within.includes(named.name) || depth === 0) return [];
    return `${alias}${call(field)}${select(actor, named, isWay(named) || isWay(type) ? depth : depth - 1, inner)}`;
  });
  return ` { __typename ${fields.join(' ')} }`;
};

const size = (selection: string): number => selection.match(/[\w)](?= |$)/g)?.length ?? 0;

/** All that a type can show to somebody, as deep as a bounded number of fields goes: a field that is added is asked for by itself. */
export const everythingOf = (type: GraphQLOutputType, actor: Actor): string => {
  const candidates = DEPTHS.map((depth) => select(actor, getNamedType(type), depth));
  return candidates.find((selection) => size(selection) <= MOST_FIELDS) ?? candidates.at(-1)!;
};

/** An operation of one root field with all its arguments as variables and all that it can show to somebody. The schema is one that says who may. */
export const operationOf = (schema: GraphQLSchema, path: string, actor: Actor): string => {
  const [root = '', name = ''] = path.split('.');
  const field = (schema.getType(root) as GraphQLObjectType).getFields()[name]!;
  const declared = field.args.map(({ name: argument, type, defaultValue }) => `$${argument}: ${defaultValue === undefined ? String(type) : String(type).replace(/!$/, '')}`);
  const passed = field.args.map(({ name: argument }) => `${argument}: $${argument}`);
  const inBrackets = (list: readonly string[]): string => (list.length > 0 ? `(${list.join(', ')})` : '');
  return `${root.toLowerCase()}${inBrackets(declared)} { ${name}${inBrackets(passed)}${everythingOf(field.type, actor)} }`;
};
