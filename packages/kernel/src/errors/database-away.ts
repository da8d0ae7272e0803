/** Codes of Prisma's: cannot be reached, does not answer, closed the connection, has no connection left. */
const OF_PRISMA = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2037']);
/** Codes of Postgres (its Appendix A): connection exceptions, too many connections, shutting down, crashed, starting up. */
const OF_POSTGRES = /^(08\w{3}|53300|57P0[123])$/;
/** What `pg` says of a connection that broke between two queries; it gives it no code. */
const BROKEN = 'Client has encountered a connection error and is not queryable';

interface Told {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly meta?: { readonly driverAdapterError?: { readonly cause?: { readonly originalCode?: unknown } } };
}

/** Whether an error says no more than that the database does not answer right now, as while it is started again: nothing is wrong with the request. */
export const isDatabaseAway = (error: unknown): boolean => {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message, meta } = error as Told;
  return OF_PRISMA.has(String(code)) || OF_POSTGRES.test(String(meta?.driverAdapterError?.cause?.originalCode ?? code)) || message === BROKEN;
};
