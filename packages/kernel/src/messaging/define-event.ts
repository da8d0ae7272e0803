import { z } from 'zod';

/** A kind of fact: its name, `<subgraph>.<what-happened>.v<version>`, what it means, and the shape of its data. */
export interface EventDefinition<Name extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly name: Name;
  /** What happened, in a sentence: goes into docs/events.md. */
  readonly description: string;
  readonly schema: Schema;
}

export type EventData<Definition extends EventDefinition> = z.output<Definition['schema']>;

/**
 * A fact: a CloudEvent (CloudEvents 1.0, JSON) of a known kind. `source` is the subgraph that says it, `subject` the id
 * of what it is about, `organizationid` the organization whose it is.
 */
export interface Fact<Definition extends EventDefinition = EventDefinition> {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: Definition['name'];
  readonly subject: string;
  readonly organizationid: string;
  /** RFC 3339. */
  readonly time: string;
  /**
   * Its number in the log of its source, 19 digits, so that it sorts as a text (CloudEvents' extension `sequence`). A
   * fact that is said again keeps it.
   */
  readonly sequence?: string;
  readonly data: EventData<Definition>;
}

/** Defines a kind of fact. Its producer owns it; to change what it means, define the next version. */
export const defineEvent = <const Name extends `${string}.${string}.v${number}`, Schema extends z.ZodType>(definition: EventDefinition<Name, Schema>): EventDefinition<Name, Schema> => definition;

/** The subgraph that says facts of a name. */
export const sourceOf = (name: string): string => name.slice(0, name.indexOf('.'));

const envelope = z.object({ specversion: z.literal('1.0'), id: z.string(), source: z.string(), type: z.string(), subject: z.string(), organizationid: z.string(), time: z.iso.datetime(), sequence: z.string().exactOptional() });

/** Reads a fact that came from outside this process. @throws ZodError when it is not of this kind. */
export const parseFact = <Definition extends EventDefinition>(definition: Definition, value: unknown): Fact<Definition> => {
  const { data } = z.object({ data: z.unknown() }).parse(value);
  return { ...envelope.parse(value), data: definition.schema.parse(data) as EventData<Definition> };
};
