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

const headerOf = (request: IncomingMessage, name: string): string => {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
};

/**
 * The address that the last trusted proxy saw. Each proxy adds at the right whom it heard from, and everything left of
 * the first untrusted one is that one's own invention.
 */
const addressOf = (socket: Socket, forwarded: string, proxies: TrustedProxies): string | null => {
  let address = plain(socket.remoteAddress ?? '');
  // Of a connection that is over already nobody knows.
  if (isIP(address) === 0) return null;
  if (!proxies(address)) return address;
  const before = forwarded.split(',').map(plain);
  while (proxies(address)) {
    const next = before.pop();
    // What is no address was not written by a proxy that can be trusted; the last known one stands.
    if (next === undefined || isIP(next) === 0) break;
    address = next;
  }
  return address;
};

const userAgentOf = (told: string): string | null => (told === '' ? null : told.replace(/\p{Cc}/gu, ' ').trim().slice(0, USER_AGENT_CHARACTERS) || null);

/** What the last request on a connection told, and what that was read as: nearly always the next one tells the same. */
const lastTold = new WeakMap<Socket, { readonly forwarded: string; readonly userAgent: string; readonly client: Client }>();

/** From where a request comes. The rest of what a client says of itself is cut off, and cannot break a line of a log. */
export const clientOf = (request: IncomingMessage, proxies: TrustedProxies): Client => {
  const { socket } = request;
  const [forwarded, userAgent] = [headerOf(request, 'x-forwarded-for'), headerOf(request, 'user-agent')];
  const last = lastTold.get(socket);
  if (last?.forwarded === forwarded && last.userAgent === userAgent) return last.client;
  const client = { ip: addressOf(socket, forwarded, proxies), userAgent: userAgentOf(userAgent) };
  // Without an address the connection is over: that says nothing of its other requests.
  if (client.ip !== null) lastTold.set(socket, { forwarded, userAgent, client });
  return client;
};
