import { Kind, type ConstDirectiveNode, type ConstValueNode, type DefinitionNode, type DocumentNode, type EnumValueDefinitionNode, type FieldDefinitionNode } from 'graphql';
import { argumentOf, isComposite, selectionsOf, type Composite } from './written.ts';

/** A field that a subgraph cannot work out without being told of others. */
export interface Requirement {
  /** The subgraph, as the supergraph calls it in its directives. */
  readonly graph: string;
  readonly type: string;
  readonly field: string;
  /** The stand-ins among what it is told, by the place where they are told. */
  readonly standIns: ReadonlyMap<string, string>;
  /** Whether another field requires this one. */
  readonly isRequired: boolean;
}

interface Doubled {
  readonly supergraph: DocumentNode;
  /** Subgraphs by the names of their doubles. */
  readonly subgraphs: ReadonlyMap<string, string>;
}

const placeOf = ({ graph, type, field }: Pick<Requirement, 'graph' | 'type' | 'field'>): string => [graph, type, field].join(' ');

const clash = (one: Requirement, other: Requirement): boolean =>
  one.graph === other.graph && one.type === other.type && [...one.standIns].some(([place, standIn]) => (other.standIns.get(place) ?? standIn) !== standIn);

/** Which double works out a field: 0 is the subgraph itself. */
const sharedOut = (requirements: readonly Requirement[]): ReadonlyMap<string, number> => {
  const groups: Requirement[][] = [[], []];
  for (const requirement of requirements) {
    const group = groups.find((others, index) => !(index === 0 && requirement.isRequired) && !others.some((other) => clash(requirement, other)));
    if (group) group.push(requirement);
    else groups.push([requirement]);
  }
  return new Map(groups.flatMap((group, index) => group.map((requirement) => [placeOf(requirement), index] as const)));
};

const doubleOf = (name: string, index: number): string => (index === 0 ? name : `${name}__double_${index}`);

const withName = (directive: ConstDirectiveNode, argument: string, name: string): ConstDirectiveNode => ({
  ...directive,
  arguments: (directive.arguments ?? []).map((one) => (one.name.value === argument && (one.value.kind === Kind.ENUM || one.value.kind === Kind.STRING) ? { ...one, value: { ...one.value, value: name } } : one)),
});

/** That a field is in a subgraph, or is only named there as somebody else's. */
const fieldIn = (graph: string, isExternal = false): ConstDirectiveNode => {
  const given = (name: string, value: ConstValueNode) => ({ kind: Kind.ARGUMENT as const, name: { kind: Kind.NAME as const, value: name }, value });
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: 'join__field' },
    arguments: [given('graph', { kind: Kind.ENUM, value: graph }), ...(isExternal ? [given('external', { kind: Kind.BOOLEAN, value: true })] : [])],
  };
};

/** The graphs that a type is in, and the fields that are in a key of it. */
const readType = ({ directives = [] }: Composite) => {
  const ofType = directives.filter(({ name }) => name.value === 'join__type');
  return {
    graphs: new Set(ofType.flatMap((directive) => argumentOf(directive, 'graph') ?? [])),
    keys: new Set(ofType.flatMap((directive) => selectionsOf(argumentOf(directive, 'key') ?? '__typename')).flatMap((node) => (node.kind === Kind.FIELD ? node.name.value : []))),
  };
};

/**
 * Makes the planner believe that there are more subgraphs than there are, for two things that it gets wrong.
 *
 * - A subgraph knows a required field by one name, whatever its arguments, so one request can tell it one value only.
 *   Where fields of a type require the same field with different arguments, they are in different doubles.
 * - A field that requires others, and is required by another, is asked for together with what is asked before the others
 *   are known, if that is in the same subgraph. In a double it is not.
 *
 * Of the types with such fields a double has these, the keys, and what it is told; and it is no way into the graph.
 */
export const withDoubles = (supergraph: DocumentNode, requirements: readonly Requirement[], roots: ReadonlySet<string>): Doubled => {
  const groups = sharedOut(requirements);
  const counts = new Map<string, number>();
  for (const requirement of requirements) counts.set(requirement.graph, Math.max(counts.get(requirement.graph) ?? 0, groups.get(placeOf(requirement)) ?? 0));
  const cutDown = new Set([...roots, ...requirements.map(({ type }) => type)]);
  const subgraphs = new Map<string, string>();

  const indices = (graph: string): number[] => Array.from({ length: (counts.get(graph) ?? 0) + 1 }, (_, index) => index);

  type Placed = readonly ConstDirectiveNode[];
  const same = (directive: ConstDirectiveNode, graph: string, index: number): Placed => [withName(directive, 'graph', doubleOf(graph, index))];

  const double = (directives: Placed = [], placed = same): ConstDirectiveNode[] =>
    directives.flatMap((directive) => {
      const graph = argumentOf(directive, 'graph');
      return graph === undefined ? [directive] : indices(graph).flatMap((index) => placed(directive, graph, index));
    });

  const doubleFields = (type: Composite): FieldDefinitionNode[] => {
    const name = type.name.value;
    const { graphs, keys } = readType(type);
    return (type.fields ?? []).map((field) => {
      const isEverywhere = !cutDown.has(name) || keys.has(field.name.value);
      const given = field.directives ?? [];
      // Without a word on it, a field is in all the graphs that its type is in.
      const directives = isEverywhere || given.some((directive) => directive.name.value === 'join__field') ? given : [...given, ...[...graphs].map((graph) => fieldIn(graph))];
      const placed = (directive: ConstDirectiveNode, graph: string, index: number): Placed => {
        const own = groups.get(placeOf({ graph, type: name, field: field.name.value }));
        if (own === undefined ? index === 0 || isEverywhere : own === index) return same(directive, graph, index);
        return roots.has(name) ? [] : [fieldIn(doubleOf(graph, index), true)];
      };
      return { ...field, directives: double(directives, placed) };
    });
  };

  const doubleGraph = (value: EnumValueDefinitionNode): EnumValueDefinitionNode[] =>
    indices(value.name.value).map((index) => {
      const directives = (value.directives ?? []).map((directive) => {
        const name = argumentOf(directive, 'name') ?? '';
        if (index > 0) subgraphs.set(doubleOf(name, index), name);
        return withName(directive, 'name', doubleOf(name, index));
      });
      return { ...value, name: { ...value.name, value: doubleOf(value.name.value, index) }, directives };
    });

  const doubleDefinition = (definition: DefinitionNode): DefinitionNode => {
    if (isComposite(definition)) return { ...definition, directives: double(definition.directives), fields: doubleFields(definition) };
    switch (definition.kind) {
      case Kind.ENUM_TYPE_DEFINITION:
        if (definition.name.value === 'join__Graph') return { ...definition, values: (definition.values ?? []).flatMap(doubleGraph) };
        return { ...definition, directives: double(definition.directives), values: (definition.values ?? []).map((value) => ({ ...value, directives: double(value.directives) })) };
      case Kind.INPUT_OBJECT_TYPE_DEFINITION:
        return { ...definition, directives: double(definition.directives), fields: (definition.fields ?? []).map((field) => ({ ...field, directives: double(field.directives) })) };
      case Kind.SCALAR_TYPE_DEFINITION:
      case Kind.UNION_TYPE_DEFINITION:
        return { ...definition, directives: double(definition.directives) };
      default:
        return definition;
    }
  };

  if (![...counts.values()].some((count) => count > 0)) return { supergraph, subgraphs };
  return { supergraph: { ...supergraph, definitions: supergraph.definitions.map(doubleDefinition) }, subgraphs };
};
