/** The part of a Prisma client that the kernel's own tables need; every generated client has it. */
export interface Sql {
  $queryRaw<Result = unknown>(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<Result>;
  $executeRaw(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<number>;
}

/** A generated Prisma client, as far as the kernel knows it. */
export interface PrismaLike extends Sql {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each generated client names its own type here
  $transaction<Result>(work: (tx: any) => Promise<Result>, options?: { maxWait?: number; timeout?: number }): Promise<Result>;
  $disconnect(): Promise<void>;
}

/** The client as it is inside a transaction. */
export type InTransaction<Database> = Omit<Database, '$connect' | '$disconnect' | '$on' | '$use' | '$extends' | '$transaction'>;
