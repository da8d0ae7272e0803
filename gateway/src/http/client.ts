import { USER_AGENT_CHARACTERS, type Client } from '@buffrsign/kernel/gateway';
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, type Socket } from 'node:net';

/** Whether a connection from an address was opened by a proxy whose word on a client's address is taken. None is by default. */
export type TrustedProxies = (address: string) => boolean;

/** An IPv4 address that came over an IPv6 socket is still the IPv4 address. */
const plain = (address: string): string => address.trim().replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/**
 * Addresses and networks (`10.0.0.0/8`) of proxies.
 *
 * @throws RangeError that names the first that is neither
 */
export const readProxies = (entries: readonly string[]): TrustedProxies => {
  const proxies = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/');
    const bits = isIP(address) === 6 ? 128 : 32;
    if (isIP(address) === 0 || (prefix !== undefined && !(/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits))) throw new RangeError(`"${entry}" is no address or network`);
    if (prefix === undefined) proxies.addAddress(address, familyOf(address));
    else proxies.addSubnet(address, Number(prefix), familyOf(address));
  }
  if (entries.length === 0) return () => false;
  return (given) => {
    const address = plain(given);
    return isIP(address) !== 0 && proxies.check(address, familyOf(address));
  };
};

/** Whom a connection comes from, which is looked at once for all its requests; empty when it is not known. */
const peers = new WeakMap<Socket, string>();

const peerOf = (socket: Socket): string => {
  const known = peers.get(socket);
  if (known !== undefined) return known;
  const address = plain(socket.remoteAddress ?? '');
  const peer = isIP(address) === 0 ? '' : address;
  // Of a connection that is over already nobody knows: that says nothing of its other requests.
  if (peer !== '') peers.set(socket, peer);
  return peer;
};

const headerOf = (request: IncomingMessage, name: string): string => {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
};

/**
 * The address that the last trusted proxy saw. Each proxy adds at the right whom it heard from, and everything left of
 * the first untrusted one is that one's own invention.
 */
const addressOf = (request: IncomingMessage, proxies: TrustedProxies): string | null => {
  let address = peerOf(request.socket);
  if (address === '') return null;
  if (!proxies(address)) return address;
  const before = headerOf(request, 'x-forwarded-for').split(',').map(plain);
  while (proxies(address)) {
    const next = before.pop();
    // What is no address was not written by a proxy that can be trusted; the last known one stands.
    if (next === undefined || isIP(next) === 0) break;
    address = next;
  }
  return address;
};

const userAgentOf = (told: string): string | null => (told === '' ? null : told.replace(/\p{Cc}/gu, ' ').trim().slice(0, USER_AGENT_CHARACTERS) || null);

/** From where a request comes. The rest of what a client says of itself is cut off, and cannot break a line of a log. */
export const clientOf = (request: IncomingMessage, proxies: TrustedProxies): Client => {
  return { ip: addressOf(request, proxies), userAgent: userAgentOf(headerOf(request, 'user-agent')) };
};
