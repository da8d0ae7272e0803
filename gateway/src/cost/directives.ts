import { valueFromASTUntyped, type ConstDirectiveNode } from 'graphql';

/** What `@listSize` says of a list, or of the lists inside of what a field returns. */
export interface ListSize {
  readonly assumed: number | undefined;
  /** Arguments that say how many items come. */
  readonly slicing: readonly string[];
  /** Fields of what is returned that have so many items, as `edges` of a connection; none where it is the list itself. */
  readonly sized: ReadonlySet<string>;
  readonly requiresOne: boolean;
}

interface Directed {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

type Definition = Directed | undefined | null;

/** The names that a supergraph has for the directives of Apollo's cost specification (v0.1). */
export interface CostNames {
  readonly cost: string;
  readonly listSize: string;
}

/** Reads the cost directives of definitions. */
export interface CostDirectives {
  readonly weightOf: (definition: Definition) => number | undefined;
  readonly listSizeOf: (definition: Definition) => ListSize | undefined;
}

const argumentsOf = (definition: Definition, name: string): Readonly<Record<string, unknown>> | undefined => {
  const directive = definition?.directives?.find((one) => one.name.value === name);
  return directive && Object.fromEntries((directive.arguments ?? []).map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]));
};

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const namesOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

export const createCostDirectives = ({ cost, listSize }: CostNames): CostDirectives => ({
  weightOf: (definition) => numberOf(argumentsOf(definition, cost)?.['weight']),
  listSizeOf: (definition) => {
    const given = argumentsOf(definition, listSize);
    if (!given) return undefined;
    return { assumed: numberOf(given['assumedSize']), slicing: namesOf(given['slicingArguments']), sized: new Set(namesOf(given['sizedFields'])), requiresOne: given['requireOneSlicingArgument'] !== false };
  },
});
