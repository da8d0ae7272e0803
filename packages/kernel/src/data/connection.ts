import { Problem } from '../errors/problem.ts';

/** The arguments of a Relay list. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** A Relay connection over rows. */
export interface Connection<Row> {
  readonly edges: readonly { readonly node: Row; readonly cursor: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean; readonly startCursor: string | null; readonly endCursor: string | null };
}

/** The part of a Prisma query that makes one page, newest first: spread it into `findMany`. */
export interface Page {
  readonly where: { readonly id?: { readonly lt: string } };
  readonly orderBy: { readonly id: 'desc' };
  readonly take: number;
}

const DEFAULT_FIRST = 20;
/** Rows in one page at most. */
export const MAX_FIRST = 100;

const cursorOf = (id: string): string => Buffer.from(id, 'utf8').toString('base64url');

const idOf = (cursor: string): string => {
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^[a-z]+_[0-9a-z]+$/.test(id)) throw new Problem('BAD_USER_INPUT', { message: '`after` is not a cursor of this list. Pass an `endCursor` as it was given.' });
  return id;
};

/**
 * One page of rows, newest first, by keyset: ids sort by time, so the id is the key. A page costs the same however
 * deep it lies, and rows added meanwhile neither shift nor repeat others.
 *
 * @throws Problem BAD_USER_INPUT when `first` is not 1 to 100 or `after` is no cursor.
 */
export const connection = async <Row extends { id: string }>(args: PageArgs, find: (page: Page) => Promise<readonly Row[]>): Promise<Connection<Row>> => {
  const first = args.first ?? DEFAULT_FIRST;
  if (first < 1 || first > MAX_FIRST) throw new Problem('BAD_USER_INPUT', { message: `\`first\` must be from 1 to ${MAX_FIRST}.` });
  const after = args.after ? idOf(args.after) : undefined;
  // One more than asked tells whether there is a next page, without counting.
  const rows = await find({ where: after ? { id: { lt: after } } : {}, orderBy: { id: 'desc' }, take: first + 1 });
  const edges = rows.slice(0, first).map((node) => ({ node, cursor: cursorOf(node.id) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
};
