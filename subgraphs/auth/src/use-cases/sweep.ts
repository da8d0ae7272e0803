import type { Tools } from '../context.ts';

const DAY_MS = 86_400_000;
/** Long enough for somebody to ask what happened. */
const KEEP_SESSIONS_DAYS = 90;
const KEEP_LINKS_DAYS = 7;

/** Deletes what no longer decides anything. */
export const sweep = async ({ db, now }: Tools): Promise<void> => {
  const daysAgo = (days: number) => ({ lt: new Date(now().getTime() - days * DAY_MS) });
  await db.throttle.deleteMany({ where: { lastTryAt: daysAgo(1) } });
  await db.emailProof.deleteMany({ where: { expiresAt: daysAgo(KEEP_LINKS_DAYS) } });
  await db.session.deleteMany({ where: { expiresAt: daysAgo(KEEP_SESSIONS_DAYS) } });
};
