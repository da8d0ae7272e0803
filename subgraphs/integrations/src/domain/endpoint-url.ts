import ipaddr from 'ipaddr.js';
import { allowed, judgeAddress, refused, type Verdict } from './address.ts';

export interface UrlRules {
  /** Whether this very machine may be called, by http too. */
  readonly allowLoopback: boolean;
}

const PORTS = new Set(['', '443', '8443']);
/** Names that only mean something inside a network (RFC 6761, RFC 6762, RFC 8375, and custom). */
const INSIDE = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|corp)$/;
const MAX_LENGTH = 2_000;

/** The host as it is connected to: WHATWG URL has already turned decimal, octal, hex and full-width forms into dots. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

export const isLiteral = (host: string): boolean => ipaddr.isValid(host);

const isLoopbackHost = (host: string): boolean => /(^|\.)localhost$/.test(host) || (isLiteral(host) && ipaddr.process(host).range() === 'loopback');

const judgeName = (host: string): Verdict => {
  if (INSIDE.test(host) || !host.includes('.')) return refused('The name means something only inside a network. Use a public one.');
  return allowed;
};

/** Judges an address of an endpoint by what is written in it. What its name leads to is judged when it is called. */
export const judgeUrl = (url: URL, rules: UrlRules): Verdict => {
  const host = hostOf(url);
  if (url.href.length > MAX_LENGTH) return refused('The address is too long: 2,000 characters at most.');
  if (url.username || url.password) return refused('Leave user name and password out of the address: messages are signed instead.');
  if (rules.allowLoopback && isLoopbackHost(host)) return url.protocol === 'https:' || url.protocol === 'http:' ? allowed : refused('Use https or http.');
  if (url.protocol !== 'https:') return refused('Use https: what is told must not be read on its way.');
  if (!PORTS.has(url.port)) return refused('Use port 443 or 8443.');
  return isLiteral(host) ? judgeAddress(host, rules) : judgeName(host);
};
