import type { z } from 'zod';

/** A kind of job: its name and the shape of its payload, checked when it is left and again when it runs. */
export interface TaskDefinition<Name extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly name: Name;
  readonly schema: Schema;
}

export type TaskPayload<Definition extends TaskDefinition> = z.output<Definition['schema']>;

/** What runs for a kind of job. Attempts may be repeated after a crash at any point: it must not matter. */
export interface Task<Tools> {
  readonly definition: TaskDefinition;
  run(tools: Tools, payload: unknown, attempt: Attempt): Promise<void>;
}

export interface Attempt {
  /** From 1. */
  readonly number: number;
  /** Whether this is the last one before the job is parked. */
  readonly last: boolean;
  /** Aborts when the process is asked to stop. */
  readonly signal: AbortSignal | undefined;
}

export const defineTask = <const Name extends string, Schema extends z.ZodType>(name: Name, schema: Schema): TaskDefinition<Name, Schema> => ({ name, schema });

/** Ties a kind of job to what it does. */
export const implementTask =
  <Tools>() =>
  <Definition extends TaskDefinition>(definition: Definition, run: (tools: Tools, payload: TaskPayload<Definition>, attempt: Attempt) => Promise<void>): Task<Tools> => ({
    definition,
    run: (tools, payload, attempt) => run(tools, definition.schema.parse(payload) as TaskPayload<Definition>, attempt),
  });
