import { judgeAddress, type Verdict } from '../domain/address.ts';
import { hostOf, isLiteral, judgeUrl, type UrlRules } from '../domain/endpoint-url.ts';
import type { ResolveHost } from './resolve-host.ts';

/** The addresses that a URL may be called at, at least one, or why it is not called. */
export type Found = { readonly addresses: readonly string[] } | Extract<Verdict, { allowed: false }>;

/**
 * Finds and judges the addresses of a URL. Every address of the name must be allowed: a name that also leads inside is
 * not to be trusted with its other answers. Whoever calls must connect to one of those found and not ask again, because
 * a name may lead elsewhere the next moment.
 *
 * @throws Error when the name leads nowhere.
 */
export const findAddresses = async (url: URL, rules: UrlRules, resolveHost: ResolveHost): Promise<Found> => {
  const verdict = judgeUrl(url, rules);
  if (!verdict.allowed) return verdict;
  const host = hostOf(url);
  const addresses = isLiteral(host) ? [host] : await resolveHost(host);
  for (const address of addresses) {
    const judged = judgeAddress(address, rules);
    if (!judged.allowed) return judged;
  }
  if (addresses.length === 0) throw new Error('The name leads to no address.');
  return { addresses };
};
