/** What pricing an operation depends on, once it is compiled. */
export interface Pricing {
  /** Variables as the schema has them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** What is wrong with the arguments that say how long lists are. */
  readonly faults: Set<string>;
}

/** A number that is known already, or one that depends on variables. */
export type Price = number | ((pricing: Pricing) => number);

export const amount = (price: Price, pricing: Pricing): number => (typeof price === 'number' ? price : price(pricing));

/** Known parts are added up at once, so that only what depends on variables is worked out again. */
export const sum = (prices: readonly Price[]): Price => {
  let known = 0;
  const open: Exclude<Price, number>[] = [];
  for (const price of prices) {
    if (typeof price === 'number') known += price;
    else open.push(price);
  }
  return open.length === 0 ? known : (pricing) => open.reduce((total, price) => total + price(pricing), known);
};

export const product = (a: Price, b: Price): Price => {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  return (pricing) => amount(a, pricing) * amount(b, pricing);
};

/** Weights of arguments may be negative; what a field costs is not. */
export const atLeastNothing = (price: Price): Price => (typeof price === 'number' ? Math.max(0, price) : (pricing) => Math.max(0, price(pricing)));
