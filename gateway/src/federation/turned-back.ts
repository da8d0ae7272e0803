import { parse, print, stripIgnoredCharacters, visit, type FieldNode } from 'graphql';
import type { FetchDataRewrite, FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode } from './apollo.ts';
import type { StandIns } from './stand-ins.ts';

type Fields = StandIns['fields'];

/** Asks for what stand-ins stand for, and has it answered under their names. */
const asked = (operation: string, fields: Fields): string => {
  const back = visit(parse(operation, { noLocation: true }), {
    Field(node): FieldNode | undefined {
      const field = fields.get(node.name.value);
      return field && { ...node, alias: node.alias ?? node.name, name: field.name, arguments: field.arguments ?? [] };
    },
  });
  return stripIgnoredCharacters(print(back));
};

/** Tells the subgraph the values by the names that it knows. What is inside of a stand-in is renamed before it is. */
const told = (selections: readonly QueryPlanSelectionNode[], fields: Fields, path: readonly string[] = []): FetchDataRewrite[] =>
  selections.flatMap((selection): FetchDataRewrite[] => {
    if (selection.kind === 'InlineFragment') return told(selection.selections, fields, selection.typeCondition ? [...path, `... on ${selection.typeCondition}`] : path);
    const at = [...path, selection.alias ?? selection.name];
    const field = fields.get(selection.name);
    return [...told(selection.selections ?? [], fields, at), ...(field ? [{ kind: 'KeyRenamer' as const, path: at, renameKeyTo: field.name.value }] : [])];
  });

/** Where fragments on interfaces are inside of others under conditions, the planner tells a subgraph of entities by the name of their type alone. */
const hasKey = (selection: QueryPlanSelectionNode): boolean =>
  selection.kind === 'Field' ? selection.name !== '__typename' : selection.selections.some(hasKey);

const withKeys = (node: FetchNode): FetchNode => (node.requires ? { ...node, requires: node.requires.filter(hasKey) } : node);

const fetchBack = (planned: FetchNode, { fields, subgraphs }: StandIns): FetchNode => {
  const node = withKeys(planned);
  if (fields.size === 0 && subgraphs.size === 0) return node;
  const operation = asked(node.operation, fields);
  const serviceName = subgraphs.get(node.serviceName) ?? node.serviceName;
  return { ...node, serviceName, operation, operationDocumentNode: parse(operation, { noLocation: true }), inputRewrites: [...(node.inputRewrites ?? []), ...told(node.requires ?? [], fields)] };
};

/** A plan over a supergraph with stand-ins as subgraphs can carry it out, who know nothing of stand-ins, nor of doubles. */
export const turnedBack = (plan: QueryPlan, standIns: StandIns): QueryPlan => {
  const back = (node: PlanNode): PlanNode => {
    switch (node.kind) {
      case 'Fetch':
        return fetchBack(node, standIns);
      case 'Flatten':
        return { ...node, node: back(node.node) };
      case 'Sequence':
      case 'Parallel':
        return { ...node, nodes: node.nodes.map(back) };
      case 'Condition':
        return { ...node, ...(node.ifClause && { ifClause: back(node.ifClause) }), ...(node.elseClause && { elseClause: back(node.elseClause) }) };
      case 'Defer':
        return node;
    }
  };
  const { node } = plan;
  if (!node) return plan;
  if (node.kind !== 'Subscription') return { ...plan, node: back(node) };
  return { ...plan, node: { ...node, primary: fetchBack(node.primary, standIns), ...(node.rest && { rest: back(node.rest) }) } };
};
