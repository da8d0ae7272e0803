/** The fields that have a value: what is left out of a change stays as it is. */
export const withoutUndefined = <Changes extends object>(changes: Changes) =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as { [Name in keyof Changes]?: Exclude<Changes[Name], undefined> };
