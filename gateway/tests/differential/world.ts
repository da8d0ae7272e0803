import canonicalize from 'canonicalize';
import { Supergraph, type Subgraph } from '@apollo/federation-internals';
import {
  execute,
  getArgumentValues,
  getNamedType,
  GraphQLError,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  type SelectionNode,
} from 'graphql';
import { hashOf } from './random.ts';
import { readSupergraph } from './read-supergraph.ts';

/** An object as all subgraphs know it: whatever a field of it holds follows from its seed alone. */
interface Thing {
  readonly type: string;
  readonly seed: string;
  /** Which one of its type. Keys hold this number, so that every subgraph finds it again. */
  readonly number: number;
  /** What a fetch told of it. */
  readonly told?: Record<string, any>;
}

export interface World {
  /** Answers an operation for one subgraph, always in the same way. */
  ask(subgraph: string, query: string, variables: Readonly<Record<string, unknown>>): Promise<ExecutionResult>;
  /** Answers an operation as one schema, of which all subgraphs are parts. Where there are no nulls and errors and all agree, a gateway must answer the same. */
  askWhole(document: DocumentNode, variables: Readonly<Record<string, unknown>>): Promise<ExecutionResult>;
  /** How often null, or an error, stands where a value could; and whether there is nothing but what all subgraphs know: members of unions, values of enums. */
  chances: { nulls: number; errors: number; salt: string; agree: boolean };
  readonly subgraphs: readonly string[];
  readonly schemas: ReadonlyMap<string, GraphQLSchema>;
  readonly resolve: GraphQLFieldResolver<any, unknown>;
  readonly typeOf: GraphQLTypeResolver<any, unknown>;
}

const ENTITIES_OF_A_TYPE = 4;
const codes = ['NOT_FOUND', 'FORBIDDEN', 'UNHEARD_OF', undefined];

/** Subgraphs of a supergraph that answer at once, from nothing but names and numbers. */
export const createWorld = (sdl: string): World => {
  const supergraph = Supergraph.build(sdl, { supportedFeatures: null });
  const whole = supergraph.schema.toGraphQLJSSchema();
  const api = supergraph.apiSchema().toGraphQLJSSchema();
  const { keys, entities, requiring } = readSupergraph(whole);
  const schemas = new Map([...supergraph.subgraphs()].map((subgraph: Subgraph) => [subgraph.name, subgraph.schema.toGraphQLJSSchema()] as const));
  const documents = new Map<string, ReturnType<typeof parse>>();
  const world: World['chances'] = { nulls: 0.1, errors: 0.03, salt: '', agree: false };

  /** The interface with a key that a type has, which then decides what its things are. */
  const keyedInterfaceOf = (type: string) => {
    const found = whole.getType(type);
    if (isInterfaceType(found)) return entities.has(type) ? found : undefined;
    return isObjectType(found) ? found.getInterfaces().find(({ name }) => entities.has(name)) : undefined;
  };
  const implementationsOf = (name: string): string[] => {
    const found = whole.getType(name);
    return isInterfaceType(found) ? whole.getPossibleTypes(found).map((type) => type.name).sort() : [name];
  };

  /** One of a type: the same for all subgraphs, also for one that knows its interface as an object. */
  const entity = (type: string, number: number, told?: Record<string, any>): Thing => {
    const shared = keyedInterfaceOf(type);
    const kinds = shared ? implementationsOf(shared.name) : [type];
    return { type: kinds.includes(type) ? type : kinds[number % kinds.length]!, seed: `${shared?.name ?? type}#${number}`, number, ...(told && { told }) };
  };

  const thing = (type: string, seed: string): Thing => {
    const hash = hashOf(seed + world.salt);
    if (!entities.has(type)) return { type, seed, number: hash % 1_000 };
    const shared = keyedInterfaceOf(type);
    const kinds = shared ? implementationsOf(shared.name) : [type];
    const kind = kinds.includes(type) ? kinds.indexOf(type) : hash % kinds.length;
    return entity(type, (hash % ENTITIES_OF_A_TYPE) * kinds.length + kind);
  };

  /** Of names that schemas have for something, those that all of them have that have any. */
  const agreed = (names: readonly string[], namesIn: (schema: GraphQLSchema) => readonly string[]): readonly string[] =>
    world.agree ? [...schemas.values(), api].map(namesIn).filter((known) => known.length > 0).reduce<readonly string[]>((left, known) => left.filter((name) => known.includes(name)), names) : names;

  const kindsOf = (schema: GraphQLSchema, name: string): readonly string[] => {
    const kindsIn = (one: GraphQLSchema): string[] => {
      const type = one.getType(name);
      return isAbstractType(type) ? one.getPossibleTypes(type).map((kind) => kind.name).sort() : [];
    };
    return agreed(kindsIn(schema), kindsIn);
  };

  const valuesOf = (schema: GraphQLSchema, name: string): readonly string[] => {
    const valuesIn = (one: GraphQLSchema): string[] => {
      const type = one.getType(name);
      return isEnumType(type) ? type.getValues().map((value) => value.name) : [];
    };
    return agreed(valuesIn(schema), valuesIn);
  };

  /** The number that is in the key of a representation, wherever it stands. */
  const numberIn = (type: string, told: Record<string, any>): number => {
    const owner = whole.getType(type);
    for (const name of keys.get(type) ?? []) {
      const value = told[name];
      const found = typeof value === 'number' ? value : typeof value === 'string' ? Number(value.split(':').at(-1)) : Array.isArray(value) ? undefined : value;
      if (typeof found === 'number' && Number.isInteger(found)) return found;
      const field = isObjectType(owner) || isInterfaceType(owner) ? owner.getFields()[name] : undefined;
      if (field && typeof found === 'object' && found !== null) return numberIn(getNamedType(field.type).name, found);
    }
    throw new Error(`No key of ${type} in ${JSON.stringify(told)}`);
  };

  const referred = (told: Record<string, any>): Thing | null => {
    const asked = String(told['__typename']);
    const number = numberIn(asked, told);
    if (hashOf(`gone ${asked}#${number}${world.salt}`) % 1_000 < world.nulls * 300) return null;
    return entity(asked, number, told);
  };

  const oneOf = (names: readonly string[], hash: number): string => names[hash % names.length]!;

  const leafOf = (schema: GraphQLSchema, type: GraphQLOutputType & { name: string }, name: string, seed: string): unknown => {
    const hash = hashOf(seed);
    if (isEnumType(type)) return oneOf(valuesOf(schema, type.name), hash);
    if (type.name === 'Int') return hash % 1_000;
    if (type.name === 'Float') return (hash % 1_000) / 8;
    if (type.name === 'Boolean') return hash % 2 === 0;
    if (/^(String|ID)$/.test(type.name) || hash % 2 === 0) return `${name}~${hash.toString(36)}`;
    return { free: hash % 7, list: [hash % 3, null] };
  };

  const valueOf = (schema: GraphQLSchema, type: GraphQLOutputType, name: string, seed: string): unknown => {
    if (isNonNullType(type)) return valueOf(schema, type.ofType, name, seed);
    if (isListType(type)) return Array.from({ length: hashOf(`${seed} length`) % 4 }, (_, index) => itemOf(schema, type.ofType, name, `${seed}[${index}]`));
    if (isObjectType(type)) return thing(type.name, seed);
    if (!isAbstractType(type)) return leafOf(schema, type, name, seed);
    return thing(entities.has(type.name) ? type.name : oneOf(kindsOf(schema, type.name), hashOf(`${seed} kind`)), seed);
  };
  const itemOf = (schema: GraphQLSchema, type: GraphQLOutputType, name: string, seed: string): unknown =>
    !isNonNullType(type) && hashOf(`${seed} item`) % 1_000 < world.nulls * 1_000 ? null : valueOf(schema, type, name, seed);

  const keyValue = (type: GraphQLOutputType, name: string, number: number): unknown => {
    const named = getNamedType(type);
    if (isObjectType(named)) return { type: named.name, seed: `${named.name}#${number}`, number } satisfies Thing;
    return named.name === 'Int' ? number : isEnumType(named) ? named.getValues()[number % named.getValues().length]!.name : `${name}:${number}`;
  };

  /** What a schema calls a thing: it may know the interface only, as an object. */
  const typeIn = (schema: GraphQLSchema, { type }: Thing): string => (schema.getType(type) ? type : (keyedInterfaceOf(type)?.name ?? type));

  /** Where a field is, and of what. */
  type Place = Pick<GraphQLResolveInfo, 'schema' | 'parentType' | 'fieldName' | 'returnType'>;

  const requiredBy = ({ parentType, fieldName }: Pick<Place, 'parentType' | 'fieldName'>): readonly SelectionNode[] | undefined =>
    [parentType.name, ...parentType.getInterfaces().map((one) => one.name)].map((type) => requiring.get(`${type}.${fieldName}`)).find((selections) => selections !== undefined);

  const fieldOf = (source: Thing | undefined, args: Record<string, any>, { schema, parentType, fieldName: name, returnType }: Place, required: string): unknown => {
    const { type, seed, number } = source ?? { type: parentType.name, seed: parentType.name, number: 0 };
    if (keys.get(type)?.has(name)) return keyValue(returnType, name, number);
    const own = `${seed}.${name}(${canonicalize(args)})${required}${world.salt}`;
    const fate = hashOf(`${own} fate`) % 1_000;
    if (fate < world.errors * 1_000) {
      const code = codes[fate % codes.length];
      throw new GraphQLError(`${seed}.${name} failed`, { ...(code && { extensions: { code } }) });
    }
    if (!isNonNullType(returnType) && fate < (world.errors + world.nulls) * 1_000) return null;
    return valueOf(schema, returnType, name, own);
  };

  /** What selections name of a value that was told, or of one that `read` knows of. In whatever order. */
  const named = (value: unknown, selections: readonly SelectionNode[], read: (value: any, node: FieldNode) => unknown): unknown => {
    if (Array.isArray(value)) return value.map((item) => named(item, selections, read));
    if (typeof value !== 'object' || value === null) return value;
    const fields = selections.filter((node): node is FieldNode => node.kind === Kind.FIELD);
    return Object.fromEntries(fields.map((node) => [node.name.value, node.selectionSet ? named(read(value, node), node.selectionSet.selections, read) : read(value, node)]));
  };

  const resolve = (source: Thing | undefined, args: Record<string, any>, _context: unknown, info: GraphQLResolveInfo): unknown => {
    if (info.fieldName === '_entities') return (args['representations'] as Record<string, any>[]).map(referred);
    const selections = source?.told && requiredBy(info);
    return fieldOf(source, args, info, selections ? canonicalize(named(source.told, selections, (told, node) => told[node.name.value]))! : '');
  };

  /** As if all subgraphs were one: what is required is there. */
  const resolveWhole = (source: Thing | undefined, args: Record<string, any>, _context: unknown, place: Place): unknown => {
    const selections = source && requiredBy(place);
    const read = (value: Thing, node: FieldNode): unknown => {
      const parentType = whole.getType(value.type) as Place['parentType'];
      const field = parentType.getFields()[node.name.value]!;
      return resolveWhole(value, getArgumentValues(field, node), undefined, { schema: whole, parentType, fieldName: field.name, returnType: field.type });
    };
    return fieldOf(source, args, place, selections ? canonicalize(named(source, selections, read))! : '');
  };

  return {
    chances: world,
    subgraphs: [...schemas.keys()],
    schemas,
    resolve: resolve as GraphQLFieldResolver<any, unknown>,
    typeOf: (value: Thing, _context, { schema }) => typeIn(schema, value),
    async askWhole(document, variables) {
      return execute({ schema: api, document, variableValues: variables, fieldResolver: resolveWhole, typeResolver: (value) => (value as Thing).type });
    },
    async ask(subgraph, query, variables) {
      const document = documents.get(query) ?? parse(query);
      documents.set(query, document);
      const result = await execute({ schema: schemas.get(subgraph)!, document, variableValues: variables, fieldResolver: resolve, typeResolver: (value, _context, info) => typeIn(info.schema, value as Thing) });
      // As it would come over a wire: nobody's objects but the gateway's.
      return JSON.parse(JSON.stringify(result)) as ExecutionResult;
    },
  };
};

export const rootFieldsOf = (query: string): string[] =>
  parse(query).definitions.flatMap((definition) => (definition.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [])).flatMap((node) => (node.kind === Kind.FIELD ? [((node as FieldNode).alias ?? (node as FieldNode).name).value] : []));
