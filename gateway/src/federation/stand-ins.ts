import { Kind, print, type ConstDirectiveNode, type DocumentNode, type FieldDefinitionNode, type FieldNode, type SelectionNode, type TypeNode } from 'graphql';
import { withDoubles, type Requirement } from './doubles.ts';
import { argumentOf, isComposite, rootsOf, selectionsOf, type Composite } from './written.ts';

/**
 * The planner fetches what a `@requires` names under the name of the field. Where that field takes arguments, a client
 * that asks for it with others gets what was required, or the subgraph is told what the client asked for. So the
 * planner is given another supergraph, in which each required field with its arguments is a field of its own that takes
 * none: a stand-in. In its plans they are turned back (`turned-back.ts`).
 */
export interface StandIns {
  /** The supergraph that is planned on. */
  readonly supergraph: DocumentNode;
  /** What each stands for: a field with its arguments. */
  readonly fields: ReadonlyMap<string, FieldNode>;
  /** Who requires them. */
  readonly requirements: readonly Requirement[];
  /** Subgraphs by the names of their doubles (`doubles.ts`). */
  readonly subgraphs: ReadonlyMap<string, string>;
}

const namedOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedOf(type.type));

/** Stand-ins as they are made: one for every field with the same arguments, on every type that has it. */
const createMaker = (types: readonly Composite[]) => {
  const names = new Map<string, string>();
  const fields = new Map<string, FieldNode>();
  const onType = new Map<string, Set<string>>();
  return {
    fields,
    onType: (type: string): readonly string[] => [...(onType.get(type) ?? [])],
    make(node: FieldNode, type: string): string {
      const field: FieldNode = { kind: Kind.FIELD, name: node.name, arguments: node.arguments ?? [] };
      const name = names.get(print(field)) ?? `${node.name.value}__with_${fields.size}`;
      names.set(print(field), name);
      fields.set(name, field);
      const implementing = types.filter(({ interfaces = [] }) => interfaces.some((one) => one.name.value === type)).map((one) => one.name.value);
      for (const one of [type, ...implementing]) onType.set(one, (onType.get(one) ?? new Set()).add(name));
      return name;
    },
  };
};

export const standInsOf = (supergraph: DocumentNode): StandIns => {
  const types = supergraph.definitions.filter(isComposite);
  const byName = new Map(types.map((type) => [type.name.value, type]));
  const maker = createMaker(types);
  const requiring: Omit<Requirement, 'isRequired'>[] = [];
  const required = new Set<string>();

  const fieldOf = (type: string, name: string): FieldDefinitionNode | undefined => byName.get(type)?.fields?.find((one) => one.name.value === name);

  const written = (selections: readonly SelectionNode[], type: string, note: (place: string, standIn: string) => void, place = ''): SelectionNode[] =>
    selections.map((node) => {
      if (node.kind === Kind.FRAGMENT_SPREAD) return node;
      if (node.kind === Kind.INLINE_FRAGMENT) return { ...node, selectionSet: { ...node.selectionSet, selections: written(node.selectionSet.selections, node.typeCondition?.name.value ?? type, note, place) } };
      const field = fieldOf(type, node.name.value);
      if (!field) return node;
      required.add(`${type}.${node.name.value}`);
      const here = place === '' ? node.name.value : `${place}.${node.name.value}`;
      const inner = node.selectionSet && { ...node.selectionSet, selections: written(node.selectionSet.selections, namedOf(field.type), note, here) };
      if ((field.arguments ?? []).length === 0) return inner ? { ...node, selectionSet: inner } : node;
      const name = maker.make(node, type);
      note(here, name);
      return { ...node, name: { kind: Kind.NAME, value: name }, arguments: [], ...(inner && { selectionSet: inner }) };
    });

  const writeDirective = (directive: ConstDirectiveNode, type: string, field: string): ConstDirectiveNode => {
    const fieldSet = directive.name.value === 'join__field' ? argumentOf(directive, 'requires') : undefined;
    if (fieldSet === undefined) return directive;
    const standIns = new Map<string, string>();
    const text = written(selectionsOf(fieldSet), type, (place, standIn) => void standIns.set(place, standIn)).map(print).join(' ');
    requiring.push({ graph: argumentOf(directive, 'graph') ?? '', type, field, standIns });
    return { ...directive, arguments: (directive.arguments ?? []).map((one) => (one.name.value === 'requires' ? { ...one, value: { kind: Kind.STRING, value: text } } : one)) };
  };

  const writeType = (type: Composite): Composite => ({
    ...type,
    fields: (type.fields ?? []).map((field) => ({ ...field, directives: (field.directives ?? []).map((directive) => writeDirective(directive, type.name.value, field.name.value)) })),
  });

  const withStandIns = (type: Composite): Composite => {
    const added = maker.onType(type.name.value).flatMap((name): FieldDefinitionNode[] => {
      const original = type.fields?.find((field) => field.name.value === maker.fields.get(name)!.name.value);
      return original ? [{ ...original, name: { kind: Kind.NAME, value: name }, arguments: [] }] : [];
    });
    return { ...type, fields: [...(type.fields ?? []), ...added] };
  };

  const definitions = supergraph.definitions.map((definition) => (isComposite(definition) ? writeType(definition) : definition));
  const isRequired = ({ type, field }: Omit<Requirement, 'isRequired'>): boolean => [type, ...(byName.get(type)?.interfaces ?? []).map((one) => one.name.value)].some((one) => required.has(`${one}.${field}`));
  const requirements = requiring.map((one): Requirement => ({ ...one, isRequired: isRequired(one) }));
  const complete = maker.fields.size === 0 ? supergraph : { ...supergraph, definitions: definitions.map((definition) => (isComposite(definition) ? withStandIns(definition) : definition)) };
  return { fields: maker.fields, requirements, ...withDoubles(complete, requirements, new Set(rootsOf(supergraph).values())) };
};
