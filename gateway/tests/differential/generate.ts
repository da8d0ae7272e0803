import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isUnionType,
  parse,
  validate,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Chance } from './random.ts';

export interface RandomOperation {
  readonly text: string;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

const DEEPEST = 5;
/** Parts of an operation; most are small, since planning takes the time. */
const PARTS = [5, 8, 12, 30];
/** Names that every object inherits, as response names. */
export const TREACHEROUS = ['constructor', 'toString', 'valueOf', 'hasOwnProperty'];

/** Writes one operation. Not all that come of it are valid: who calls throws those away. */
const write = (schema: GraphQLSchema, kind: 'query' | 'mutation' | 'subscription', chance: Chance): { text: string; variables: Record<string, unknown> } => {
  const declared: string[] = [];
  const variables: Record<string, unknown> = {};
  const fragments = new Map<string, { on: string; body: string }>();
  let left = chance.pick(PARTS);
  let names = 0;

  const valueOf = (type: GraphQLInputType): unknown => {
    if (!isNonNullType(type) && chance.happens(0.1)) return null;
    const bare = getNullableType(type);
    if (isListType(bare)) return Array.from({ length: chance.below(3) }, () => valueOf(bare.ofType));
    if (isEnumType(bare)) return chance.pick(bare.getValues()).name;
    if (isInputObjectType(bare)) {
      const all = Object.values(bare.getFields());
      const fields = bare.isOneOf ? [chance.pick(all)] : all.filter((field) => (isNonNullType(field.type) && field.defaultValue === undefined) || chance.happens(0.25));
      return Object.fromEntries(fields.map((field) => [field.name, bare.isOneOf || isNonNullType(field.type) ? given(field.type) : valueOf(field.type)]));
    }
    return { Int: chance.below(20), Float: chance.below(20) / 4, Boolean: chance.happens(0.5) }[bare.name] ?? `t${chance.below(50)}`;
  };
  const given = (type: GraphQLInputType): unknown => {
    for (;;) {
      const value = valueOf(type);
      if (value !== null) return value;
    }
  };

  const literal = (value: unknown, type: GraphQLInputType): string => {
    const bare = getNullableType(type);
    if (value === null) return 'null';
    if (isListType(bare)) return `[${(value as unknown[]).map((item) => literal(item, bare.ofType)).join(', ')}]`;
    if (isInputObjectType(bare)) return `{${Object.entries(value as object).map(([name, inner]) => `${name}: ${literal(inner, bare.getFields()[name]!.type)}`).join(', ')}}`;
    return isEnumType(bare) ? String(value) : JSON.stringify(value);
  };

  const variable = (type: GraphQLInputType, value: unknown): string => {
    const name = `v${(names += 1)}`;
    const standard = chance.happens(0.2) && value !== null;
    declared.push(`$${name}: ${String(type)}${standard ? ` = ${literal(value, type)}` : ''}`);
    if (!standard || chance.happens(0.5)) variables[name] = value;
    return `$${name}`;
  };

  const argumentsOf = (field: GraphQLField<unknown, unknown>): string => {
    const chosen = field.args.filter((argument) => (isNonNullType(argument.type) && argument.defaultValue === undefined) || chance.happens(0.25));
    const written = chosen.map((argument) => {
      const value = valueOf(argument.type);
      return `${argument.name}: ${chance.happens(0.5) ? variable(argument.type, value) : literal(value, argument.type)}`;
    });
    return written.length > 0 ? `(${written.join(', ')})` : '';
  };

  const condition = (): string => {
    if (!chance.happens(0.08)) return '';
    const value = chance.happens(0.6);
    const bool = schema.getType('Boolean') as GraphQLInputType;
    const name = chance.happens(0.6) ? `$v${(names += 1)}` : String(value);
    if (name.startsWith('$')) {
      declared.push(`${name}: ${String(bool)}!`);
      variables[name.slice(1)] = value;
    }
    return ` @${chance.pick(['skip', 'include'])}(if: ${name})`;
  };

  const field = (type: GraphQLCompositeType, depth: number, plain: boolean): string => {
    if (isUnionType(type) || (!plain && chance.happens(0.08))) return `${chance.happens(0.2) ? `t${(names += 1)}: ` : ''}__typename`;
    const all = Object.values(type.getFields());
    const fields = depth >= DEEPEST || left <= 0 ? all.filter(({ type: of }) => !isCompositeType(getNamedType(of))) : all;
    if (fields.length === 0) return '__typename';
    const chosen = chance.pick(fields);
    const inner = getNamedType(chosen.type);
    const args = argumentsOf(chosen);
    const alias = args !== '' || (!plain && chance.happens(0.12)) ? (chance.happens(0.05) ? chance.pick(TREACHEROUS) : `a${(names += 1)}`) : undefined;
    return `${alias ? `${alias}: ` : ''}${chosen.name}${args}${plain ? '' : condition()}${isCompositeType(inner) ? ` ${selections(inner, depth + 1)}` : ''}`;
  };

  const narrower = (type: GraphQLCompositeType): GraphQLCompositeType => {
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
    const one = chance.pick(possible);
    const wider = one.getInterfaces();
    return wider.length > 0 && chance.happens(0.25) ? chance.pick(wider) : one;
  };

  const part = (type: GraphQLCompositeType, depth: number): string => {
    const dice = chance.below(100);
    left -= 1;
    if (left <= 0 || (dice < 72 && !isUnionType(type))) return field(type, depth, false);
    if (dice < 80 && !isUnionType(type)) return `...${chance.happens(0.5) ? ` on ${type.name}` : ''}${condition()} ${selections(type, depth)}`;
    if (dice >= 90 || (isUnionType(type) && dice < 80)) {
      const on = narrower(type);
      return `... on ${on.name}${condition()} ${selections(on, depth)}`;
    }
    const known = [...fragments].filter(([, { on }]) => on === type.name).map(([name]) => name);
    if (known.length > 0 && chance.happens(0.6)) return `...${chance.pick(known)}${condition()}`;
    const body = selections(type, depth + 1);
    const name = `F${(names += 1)}`;
    fragments.set(name, { on: type.name, body });
    return `...${name}${condition()}`;
  };

  const selections = (type: GraphQLCompositeType, depth: number): string => {
    const most = isAbstractType(type) ? 4 : 3;
    return `{ ${Array.from({ length: 1 + chance.below(most) }, () => part(type, depth)).join(' ')} }`;
  };

  const root = schema.getRootType(kind as never) as GraphQLObjectType;
  const body = kind === 'subscription' ? `{ ${field(root, 0, true)} }` : kind === 'mutation' ? `{ ${Array.from({ length: 1 + chance.below(3) }, () => field(root, 1, false)).join(' ')} }` : selections(root, 0);
  const head = declared.length > 0 ? `(${declared.join(', ')})` : '';
  const used = [...fragments].map(([name, fragment]) => `fragment ${name} on ${fragment.on} ${fragment.body}`);
  return { text: [`${kind} Random${head} ${body}`, ...used].join('\n'), variables };
};

/** Random operations that are valid for a schema, without end. */
export function* randomOperations(schema: GraphQLSchema, chance: Chance): Generator<RandomOperation, never> {
  const kinds = (['query', 'mutation', 'subscription'] as const).filter((kind) => schema.getRootType(kind as never));
  for (;;) {
    const kind = chance.happens(0.75) ? 'query' : chance.pick(kinds);
    const { text, variables } = write(schema, kind, chance);
    const document = parse(text);
    if (validate(schema, document).length === 0) yield { text, document, variables };
  }
}

