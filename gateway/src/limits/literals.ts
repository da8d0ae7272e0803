import { GraphQLError, type ASTVisitor, type ValidationRule, type ValueNode } from 'graphql';
import type { Limits } from './limits.ts';

const says = {
  literalDepth: (most: number) => `This operation has values in more than ${most} levels of objects and lists. Send them as variables, and flatter.`,
  literalLists: (most: number) => `This operation has lists in more than ${most} levels inside of each other. Send them as variables.`,
} as const;

type Limit = keyof typeof says;

/**
 * A validation rule that refuses values which are nested too deep in the text of an operation. The planner's time doubles
 * with every list inside of a list: thirty brackets would keep it busy for an hour.
 */
export const createLiteralsRule =
  (limits: Pick<Limits, Limit>): ValidationRule =>
  (context): ASTVisitor => {
    const around: Record<Limit, number> = { literalDepth: 0, literalLists: 0 };
    const refused = new Set<Limit>();

    const count = (limit: Limit, node: ValueNode): void => {
      around[limit] += 1;
      if (around[limit] <= limits[limit] || refused.has(limit)) return;
      refused.add(limit);
      context.reportError(new GraphQLError(says[limit](limits[limit]), { nodes: node, extensions: { limit: { name: limit, most: limits[limit] } } }));
    };

    return {
      ListValue: {
        enter(node) {
          count('literalDepth', node);
          count('literalLists', node);
        },
        leave() {
          around.literalDepth -= 1;
          around.literalLists -= 1;
        },
      },
      ObjectValue: {
        enter: (node) => count('literalDepth', node),
        leave: () => void (around.literalDepth -= 1),
      },
    };
  };
