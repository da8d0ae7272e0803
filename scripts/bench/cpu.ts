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

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/**
 * Until the compiler has done with it: a server that runs for weeks is what is measured, not its first second. V8 goes on
 * until some 15,000 calls of a signature, on threads whose time would count; what takes long has its end earlier.
 */
const WARM_UP_CALLS = 20_000;
const WARM_UP_MS = 15_000;

const warmUp = async ({ run }: Pick<Work, 'run'>): Promise<void> => {
  const end = performance.now() + WARM_UP_MS;
  for (let call = 0; call < WARM_UP_CALLS && performance.now() < end; call++) await run();
};

/** CPU microseconds of each round, by the name of the work. */
export class Times<Name extends string> {
  readonly #rounds: ReadonlyMap<Name, readonly number[]>;

  constructor(rounds: ReadonlyMap<Name, readonly number[]>) {
    this.#rounds = rounds;
  }

  of(name: Name): number {
    return median(this.#rounds.get(name) ?? []);
  }

  /** Median of the ratios within each round: what slows down the machine for a while slows down both. */
  ratio(limits: readonly Name[], work: Name): number {
    const rounds = this.#rounds.get(work) ?? [];
    return median(rounds.map((time, round) => limits.reduce((sum, limit) => sum + (this.#rounds.get(limit)?.[round] ?? Number.NaN), 0) / time));
  }
}

/** Measures pieces of work that belong together, in turn. */
export const measure = async <Name extends string>(works: Readonly<Record<Name, Omit<Work, 'name'>>>, rounds = 15): Promise<Times<Name>> => {
  const entries = Object.entries(works) as [Name, Omit<Work, 'name'>][];
  const times = new Map<Name, number[]>(entries.map(([name]) => [name, []]));
  for (const [, work] of entries) await warmUp(work);
  for (let round = 0; round < rounds; round++) {
    for (const [name, work] of entries) times.get(name)?.push(await roundOf({ name, ...work }));
  }
  return new Times(times);
};
