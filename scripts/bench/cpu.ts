/** CPU microseconds of one call, all threads of this process counted. */
export interface Work {
  readonly name: string;
  readonly run: () => unknown;
  /** Calls in one round: enough for the clock to see them. */
  readonly calls: number;
}

const cpuMicroseconds = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

const roundOf = async ({ run, calls }: Work): Promise<number> => {
  const start = cpuMicroseconds();
  for (let call = 0; call < calls; call++) await run();
  return (cpuMicroseconds() - start) / calls;
};

/** Until the compiler has done with it: a server that runs for weeks is what is measured, not its first second. */
const WARM_UP_MS = 3000;

const warmUp = async ({ run }: Pick<Work, 'run'>): Promise<void> => {
  for (const end = performance.now() + WARM_UP_MS; performance.now() < end; ) await run();
};

/**
 * CPU microseconds of each piece of work: the least of `rounds`, taken in turn. Neighbours on the machine, who share its
 * caches, only ever add to it.
 */
export const measure = async <Name extends string>(works: Readonly<Record<Name, Omit<Work, 'name'>>>, rounds = 9): Promise<Record<Name, number>> => {
  const entries = Object.entries(works) as [Name, Omit<Work, 'name'>][];
  const times = new Map<Name, number[]>(entries.map(([name]) => [name, []]));
  for (const [, work] of entries) await warmUp(work);
  for (let round = 0; round < rounds; round++) {
    for (const [name, work] of entries) times.get(name)?.push(await roundOf({ name, ...work }));
  }
  return Object.fromEntries([...times].map(([name, values]) => [name, Math.min(...values)])) as Record<Name, number>;
};
