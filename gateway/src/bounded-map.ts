/** A map that forgets what was used longest ago. */
export interface BoundedMap<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
  /** Those that are kept, the one used longest ago first. */
  values(): Iterable<Value>;
}

/** Keeps entries as long as all of them together weigh `most` or less; by default every entry weighs 1. */
export const createBoundedMap = <Value>(most: number, weigh: (value: Value) => number = () => 1): BoundedMap<Value> => {
  const entries = new Map<string, Value>();
  let weight = 0;

  const remove = (key: string): void => {
    const value = entries.get(key);
    if (value !== undefined && entries.delete(key)) weight -= weigh(value);
  };

  return {
    get(key) {
      const value = entries.get(key);
      if (value === undefined) return undefined;
      entries.delete(key);
      entries.set(key, value);
      return value;
    },
    set(key, value) {
      remove(key);
      entries.set(key, value);
      weight += weigh(value);
      for (const oldest of entries.keys()) {
        if (weight <= most) break;
        remove(oldest);
      }
    },
    delete: remove,
    values: () => entries.values(),
  };
};
