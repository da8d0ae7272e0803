import type { TimestampAuthority } from './authority.ts';
import { TimestampRefused, TimestampUnavailable, type FailedAttempt } from './errors.ts';

/**
 * Several authorities as one: they are asked in the given order until one gives a token that can be used. One that lies
 * is passed over like one that is silent. When none is left, `TimestampUnavailable` lists what each of them said.
 */
export function failover(authorities: readonly TimestampAuthority[]): TimestampAuthority {
  return {
    name: authorities.map(({ name }) => name).join(', '),
    timestamp: async (digest) => {
      const attempts: FailedAttempt[] = [];
      for (const authority of authorities) {
        try {
          return await authority.timestamp(digest);
        } catch (error) {
          attempts.push(...attemptsOf(error, authority.name));
        }
      }
      throw new TimestampUnavailable(attempts.length > 0 ? attempts : [{ authority: 'none', reason: 'no authority is configured' }]);
    },
  };
}

function attemptsOf(error: unknown, authority: string): readonly FailedAttempt[] {
  if (error instanceof TimestampUnavailable) return error.attempts;
  if (error instanceof TimestampRefused) return [{ authority, reason: error.reason }];
  throw error;
}
