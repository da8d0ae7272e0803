import type { Tools, Tx } from '../context.ts';
import { admit, type Admission, type ThrottlePolicy } from '../domain/throttle.ts';
import { hashOf } from '../secrets.ts';

/**
 * Counts a try before it is made, so that many at the same moment are no way around the limit. Kept in the database:
 * restarts forget nothing, and all processes count together.
 */
export const tryOnce = (tools: Tools, policy: ThrottlePolicy, what: string): Promise<Admission> =>
  tools.transaction(async (tx) => {
    const key = hashOf(what);
    await tx.db.throttle.createMany({ data: { key, tries: 0, lastTryAt: tx.now }, skipDuplicates: true });
    await tx.sql.$queryRaw`select 1 as locked from "Throttle" where key = ${key} for update`;
    const admission = admit(policy, await tx.db.throttle.findUniqueOrThrow({ where: { key } }), tx.now);
    if (admission.admitted) await tx.db.throttle.update({ where: { key }, data: admission.next });
    return admission;
  });

/** Starts counting anew: it was the right person. */
export const forgetTries = async (db: Tools['db'] | Tx['db'], what: string): Promise<void> => {
  await db.throttle.deleteMany({ where: { key: hashOf(what) } });
};

/** What guesses at an account's password are counted under, whether there is such an account or not. */
export const guessesAt = (email: string): string => `password:${email}`;

/** What mails that anybody can cause are counted under. */
export const mailsTo = (email: string): string => `mail:${email}`;
