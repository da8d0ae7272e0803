/** A map that forgets what was used longest ago. */
export interface BoundedMap<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): boolean;
  readonly size: number;
}

export const createBoundedMap = <Value>(most: number): BoundedMap<Value> => {
  const entries = new Map<string, Value>();
  return {
    get(key) {
      const value = entries.get(key);
      if (value === undefined) return undefined;
      entries.delete(key);
      entries.set(key, value);
      return value;
    },
    set(key, value) {
      entries.delete(key);
      entries.set(key, value);
      if (entries.size > most) entries.delete(entries.keys().next().value as string);
    },
    delete: (key) => entries.delete(key),
    get size() {
      return entries.size;
    },
  };
};
