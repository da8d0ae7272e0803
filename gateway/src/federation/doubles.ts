import { Kind, type ConstDirectiveNode, type DefinitionNode, type DocumentNode, type EnumValueDefinitionNode, type FieldDefinitionNode } from 'graphql';
import { argumentOf, isComposite } from './written.ts';

/** What a field of a type cannot be worked out without in a subgraph: the stand-ins, by the place where they are told. */
export interface Requirement {
  /** The subgraph, as the supergraph calls it in its directives. */
  readonly graph: string;
  readonly type: string;
  readonly field: string;
  readonly standIns: ReadonlyMap<string, string>;
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
  const groups: Requirement[][] = [[]];
  for (const requirement of requirements) {
    const group = groups.find((others) => !others.some((other) => clash(requirement, other)));
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

/**
 * A subgraph knows a required field by one name, whatever its arguments, so one request can tell it one value only. Where
 * fields of a type require the same field with different arguments, the planner is made to believe that there are as
 * many subgraphs: alike, but that each of these fields is in one of them only.
 */
export const withDoubles = (supergraph: DocumentNode, requirements: readonly Requirement[]): Doubled => {
  const groups = sharedOut(requirements);
  const counts = new Map<string, number>();
  for (const { graph, ...place } of requirements) counts.set(graph, Math.max(counts.get(graph) ?? 0, groups.get(placeOf({ graph, ...place })) ?? 0));
  const subgraphs = new Map<string, string>();

  const indices = (graph: string): number[] => Array.from({ length: (counts.get(graph) ?? 0) + 1 }, (_, index) => index);

  const double = (directives: readonly ConstDirectiveNode[] = [], type = '', field = ''): ConstDirectiveNode[] =>
    directives.flatMap((directive) => {
      const graph = argumentOf(directive, 'graph');
      if (graph === undefined) return [directive];
      const only = groups.get(placeOf({ graph, type, field }));
      return (only === undefined ? indices(graph) : [only]).map((index) => withName(directive, 'graph', doubleOf(graph, index)));
    });

  const doubleGraph = (value: EnumValueDefinitionNode): EnumValueDefinitionNode[] =>
    indices(value.name.value).map((index) => {
      const directives = (value.directives ?? []).map((directive) => {
        const name = argumentOf(directive, 'name') ?? '';
        if (index > 0) subgraphs.set(doubleOf(name, index), name);
        return withName(directive, 'name', doubleOf(name, index));
      });
      return { ...value, name: { ...value.name, value: doubleOf(value.name.value, index) }, directives };
    });

  const doubleField = (field: FieldDefinitionNode, type: string): FieldDefinitionNode => ({ ...field, directives: double(field.directives, type, field.name.value) });

  const doubleDefinition = (definition: DefinitionNode): DefinitionNode => {
    if (isComposite(definition)) return { ...definition, directives: double(definition.directives), fields: (definition.fields ?? []).map((field) => doubleField(field, definition.name.value)) };
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
