/** Somebody to be told. */
export interface Person {
  readonly name: string;
  /** Null when not known. */
  readonly email: string | null;
  /** Null without an account in the organization. */
  readonly userId: string | null;
}

/** What tells people apart: the address as people write it, or the account. */
export const audienceKey = ({ email, userId }: Person): string => email?.toLowerCase() ?? userId ?? '';

/** Everybody once: who sent and also signed is told once, with their account. */
export const eachOnce = (people: readonly Person[]): readonly Person[] => {
  const met = new Map<string, Person>();
  for (const person of people) {
    const key = audienceKey(person);
    const present = met.get(key);
    if (!present || (present.userId === null && person.userId !== null)) met.set(key, person);
  }
  return [...met.values()];
};
