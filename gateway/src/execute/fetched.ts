import { parse, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import { readOperation } from '../operation-context.ts';
import { compileNamesBack } from './rewrites.ts';
import type { Path } from './data.ts';
import type { FetchStage } from './stages.ts';

/**
 * What the fetches of a plan ask for, whatever the types: a tree of response names, as answers are. What is not in it
 * cannot come, and so its absence says nothing.
 */
export type Fetched = ReadonlyMap<string, Fetched>;

type Tree = Map<string, Tree>;

const inside = (tree: Tree, name: string): Tree => {
  const known = tree.get(name);
  if (known) return known;
  const made: Tree = new Map();
  tree.set(name, made);
  return made;
};

const at = (root: Tree, path: Path): Tree => path.reduce<Tree>((tree, step) => (step === '@' ? tree : inside(tree, String(step))), root);

/** What an operation of a fetch asks of entities. */
export const entitySetsOf = ({ selectionSet }: OperationDefinitionNode): readonly SelectionSetNode[] => selectionSet.selections.flatMap((root) => (root.kind === 'Field' ? (root.selectionSet ?? []) : []));

const addFetch = (root: Tree, { node, paths }: FetchStage): void => {
  const { operation, fragments } = readOperation(parse(node.operation, { noLocation: true }), undefined);
  const back = compileNamesBack(node.outputRewrites);

  const add = (tree: Tree, { selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === 'Field') {
        const inner = inside(tree, String(back((selection.alias ?? selection.name).value)));
        if (selection.selectionSet) add(inner, selection.selectionSet);
      } else {
        const set = selection.kind === 'InlineFragment' ? selection.selectionSet : fragments[selection.name.value]?.selectionSet;
        if (set) add(tree, set);
      }
    }
  };

  const sets = node.requires ? entitySetsOf(operation) : [operation.selectionSet];
  for (const path of paths) for (const set of sets) add(at(root, path), set);
};

export const fetchedBy = (fetches: readonly FetchStage[]): Fetched => {
  const root: Tree = new Map();
  for (const fetch of fetches) addFetch(root, fetch);
  return root;
};
