import type { DirectiveNode, SelectionNode } from 'graphql';

/** A `@skip` or `@include` around a field. */
export interface Condition {
  readonly wanted: boolean;
  readonly given: boolean | { readonly variable: string };
}

const conditionOf = (directive: DirectiveNode): Condition[] => {
  const name = directive.name.value;
  const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
  if ((name !== 'skip' && name !== 'include') || !value) return [];
  if (value.kind === 'BooleanValue') return [{ wanted: name === 'include', given: value.value }];
  return value.kind === 'Variable' ? [{ wanted: name === 'include', given: { variable: value.name.value } }] : [];
};

export const conditionsOf = (node: SelectionNode): Condition[] => (node.directives ?? []).flatMap(conditionOf);

/** Whether a field under these conditions is asked for at all. */
export const areMet = (conditions: readonly Condition[], variables: Readonly<Record<string, unknown>>): boolean =>
  conditions.every(({ wanted, given }) => (typeof given === 'boolean' ? given : variables[given.variable]) === wanted);
