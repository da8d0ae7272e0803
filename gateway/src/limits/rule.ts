import { GraphQLError, type ASTVisitor, type DirectiveNode, type SelectionNode, type SelectionSetNode, type ValidationContext, type ValidationRule } from 'graphql';
import type { Limits } from './limits.ts';

interface Size {
  readonly depth: number;
  readonly nesting: number;
  readonly aliases: number;
  readonly fields: number;
  /** Fields at the top of the selection set itself. */
  readonly rootFields: number;
  readonly directives: number;
  readonly directivesPerPlace: number;
}

const nothing: Size = { depth: 0, nesting: 0, aliases: 0, fields: 0, rootFields: 0, directives: 0, directivesPerPlace: 0 };

const add = (a: Size, b: Size): Size => ({
  depth: Math.max(a.depth, b.depth),
  nesting: Math.max(a.nesting, b.nesting),
  aliases: a.aliases + b.aliases,
  fields: a.fields + b.fields,
  rootFields: a.rootFields + b.rootFields,
  directives: a.directives + b.directives,
  directivesPerPlace: Math.max(a.directivesPerPlace, b.directivesPerPlace),
});

const directivesAt = ({ directives = [] }: { readonly directives?: readonly DirectiveNode[] | undefined }): Size => ({ ...nothing, directives: directives.length, directivesPerPlace: directives.length });

/** Measures selections as if every fragment were written out, but looks at each fragment only once. */
const createMeasure = (context: ValidationContext): ((set: SelectionSetNode) => Size) => {
  const fragments = new Map<string, Size>();

  const ofFragment = (name: string): Size => {
    const known = fragments.get(name);
    if (known) return known;
    // Counts as nothing while it is measured: one that spreads itself is refused by another rule.
    fragments.set(name, nothing);
    const fragment = context.getFragment(name);
    const size = fragment ? add(measure(fragment.selectionSet), directivesAt(fragment)) : nothing;
    fragments.set(name, size);
    return size;
  };

  const within = (size: Size): Size => ({ ...size, nesting: size.nesting + 1 });

  const selected = (node: SelectionNode): Size => {
    if (node.kind === 'FragmentSpread') return within(ofFragment(node.name.value));
    if (node.kind === 'InlineFragment') return within(measure(node.selectionSet));
    const inner = node.selectionSet ? measure(node.selectionSet) : nothing;
    return { ...within(inner), depth: inner.depth + 1, aliases: inner.aliases + (node.alias ? 1 : 0), fields: inner.fields + 1, rootFields: 1 };
  };

  const measure = (set: SelectionSetNode): Size => set.selections.reduce<Size>((sum, node) => add(add(sum, directivesAt(node)), selected(node)), nothing);

  return measure;
};

const says: Record<keyof Size, (got: number, most: number) => string> = {
  depth: (got, most) => `This operation is ${got} levels deep; at most ${most} are allowed. Ask for less at a time.`,
  nesting: (got, most) => `This operation has fields and fragments in ${got} levels; at most ${most} are allowed. Write fragments out.`,
  aliases: (got, most) => `This operation has ${got} aliases; at most ${most} are allowed. Send several operations instead.`,
  fields: (got, most) => `This operation asks for ${got} fields, fragments written out; at most ${most} are allowed. Ask for less at a time.`,
  rootFields: (got, most) => `This operation has ${got} fields at its top; at most ${most} are allowed. Send several operations instead.`,
  directives: (got, most) => `This operation has ${got} directives, fragments written out; at most ${most} are allowed. Send several operations instead.`,
  directivesPerPlace: (got, most) => `This operation has ${got} directives at one place; at most ${most} are allowed. One @skip or @include is enough.`,
};

/** A validation rule that refuses operations larger than the limits, before anything is planned. */
export const createLimitsRule =
  (limits: Limits): ValidationRule =>
  (context): ASTVisitor => {
    const measure = createMeasure(context);
    return {
      OperationDefinition(node) {
        const ofVariables = (node.variableDefinitions ?? []).map(directivesAt);
        const size = [directivesAt(node), ...ofVariables].reduce(add, measure(node.selectionSet));
        for (const limit of ['depth', 'nesting', 'aliases', 'rootFields', 'fields', 'directives', 'directivesPerPlace'] as const) {
          if (size[limit] > limits[limit]) {
            context.reportError(new GraphQLError(says[limit](size[limit], limits[limit]), { nodes: node, extensions: { limit: { name: limit, most: limits[limit] } } }));
          }
        }
        return false;
      },
      // Measured where it is used; a document of fragments alone is refused by another rule.
      FragmentDefinition: () => false,
    };
  };
