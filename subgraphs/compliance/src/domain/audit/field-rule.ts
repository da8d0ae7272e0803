import type { Json } from '@buffrsign/transparency';

/**
 * How the fields of a kind of fact are divided into what is hashed in the open and what is personal, and so hashed as a
 * commitment only. A field that is named nowhere, such as one that its producer adds later, is personal: then it is part
 * of the evidence, and it can be erased.
 */
export interface FieldRule {
  /** Fields that are about nobody, beside ids, times and digests, which are so by their names. */
  readonly hashed?: readonly string[];
  /** Personal fields about the thing itself, such as its title. */
  readonly ofThing?: readonly string[];
  /** The field with the id of whom all other personal fields are about. Without it they are about the thing. */
  readonly person?: string;
  /** Lists of people: the field, and the name of the id in each of its elements. Their ids are hashed, the rest is personal of each. */
  readonly people?: Readonly<Record<string, string>>;
  /** Fields that are no evidence. */
  readonly omitted?: readonly string[];
}

export interface DividedFields {
  readonly hashed: Readonly<Record<string, Json>>;
  /** By the id of whom or what they are about. */
  readonly personal: ReadonlyMap<string, Readonly<Record<string, Json>>>;
}

/** Ids, times and digests: `recipientId`, `signedAt`, `consentTextSha256`, `sha256`. They say nothing of anybody by themselves. */
const isHashedByName = (name: string): boolean => /(?:Id|At|Sha256)$|^sha256$/.test(name);

/** Secrets that are sealed for one reader (see docs/adr/0018): in no log, not even as a commitment. */
const isSecret = (name: string): boolean => name.startsWith('sealed') && !isHashedByName(name);

type Fields = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** JSON of a value that came as JSON: absent members are left out, as on the wire. */
const jsonOf = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** Divides the data of a fact about a thing. */
export const divideFields = (rule: FieldRule, thing: string, data: Fields): DividedFields => {
  const { hashed = [], ofThing = [], people = {}, omitted = [] } = rule;
  const person = (rule.person && textOf(data[rule.person])) ?? thing;
  const open: Record<string, Json> = {};
  const personal = new Map<string, Record<string, Json>>();
  const keep = (subject: string, name: string, value: unknown): void => {
    const fields = personal.get(subject) ?? {};
    fields[name] = jsonOf(value);
    personal.set(subject, fields);
  };
  const keepPerson = (id: string, element: Fields): string => {
    const subject = textOf(element[id]) ?? thing;
    for (const [name, value] of Object.entries(element)) if (name !== id && value !== undefined) keep(subject, name, value);
    return subject;
  };
  for (const [name, value] of Object.entries(data)) {
    const idName = people[name];
    if (value === undefined || omitted.includes(name) || isSecret(name)) continue;
    if (idName && Array.isArray(value)) open[name] = value.map((element: Fields) => keepPerson(idName, element));
    else if (hashed.includes(name) || isHashedByName(name)) open[name] = jsonOf(value);
    else keep(ofThing.includes(name) ? thing : person, name, value);
  }
  return { hashed: open, personal };
};
