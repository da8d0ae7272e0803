import ipaddr from 'ipaddr.js';

/** Whether something may be called, and if not, why, in words that may be shown. */
export type Verdict = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

export const allowed: Verdict = { allowed: true };
export const refused = (reason: string): Verdict => ({ allowed: false, reason });

/** IPv6 that is given out to the public (RFC 4291 §2.4); what lies elsewhere only looks like it. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');
/** Public in form, but inside a cloud it is the machine's own agent (Azure). */
const PLATFORM_ADDRESSES = new Set(['168.63.129.16']);

/**
 * Judges an IP address, the only thing that a connection is really made to: public unicast or nothing. Addresses that
 * wrap another one (IPv4-mapped, NAT64, 6to4, Teredo) are never public.
 */
export const judgeAddress = (text: string, { allowLoopback }: { readonly allowLoopback: boolean }): Verdict => {
  if (!ipaddr.isValid(text)) return refused(`${text} is not an IP address.`);
  const address = ipaddr.process(text);
  const range = address.range();
  if (range === 'loopback') return allowLoopback ? allowed : refused('The address is this machine itself.');
  if (range !== 'unicast') return refused(`The address is not a public one (${range}).`);
  if (PLATFORM_ADDRESSES.has(address.toString())) return refused('The address belongs to the platform below us.');
  if (address instanceof ipaddr.IPv6 && !address.match(GLOBAL_IPV6)) return refused('The address is not a public one (not global unicast).');
  return allowed;
};
