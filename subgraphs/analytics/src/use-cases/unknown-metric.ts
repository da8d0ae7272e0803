export interface UnknownMetric {
  readonly __typename: 'UnknownMetricError';
  readonly message: string;
}

export const unknownMetric = (name: string): UnknownMetric => ({ __typename: 'UnknownMetricError', message: `There is no metric “${name}”. Choose one of \`metrics\`, or define it first.` });
