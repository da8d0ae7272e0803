import { Kind, type ConstDirectiveNode, type DefinitionNode, type DocumentNode } from 'graphql';
import { argumentOf, isComposite } from './written.ts';

type Directives = readonly ConstDirectiveNode[];

const isOfKey = ({ name }: ConstDirectiveNode): boolean => name.value === 'join__type';

const isResolvable = ({ arguments: given = [] }: ConstDirectiveNode): boolean => !given.some(({ name, value }) => name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value);

const usable = (directives: Directives): Directives => {
  const enterable = new Set(directives.filter((directive) => isOfKey(directive) && isResolvable(directive)).map((directive) => argumentOf(directive, 'graph')));
  return directives.filter((directive) => !isOfKey(directive) || isResolvable(directive) || !enterable.has(argumentOf(directive, 'graph')));
};

const withUsableKeys = <Definition extends DefinitionNode>(definition: Definition): Definition =>
  isComposite(definition) ? { ...definition, directives: usable(definition.directives ?? []) } : definition;

/**
 * A supergraph without the keys that no subgraph can be entered by (`resolvable: false`), where the same type has others
 * there. They open no way, but the planner takes the first key of a type to come back by after a `@requires`, whether
 * it is one of these or not, and the entity is then looked up by what the subgraph does not know.
 */
export const usableKeysOf = (supergraph: DocumentNode): DocumentNode => ({ ...supergraph, definitions: supergraph.definitions.map(withUsableKeys) });
