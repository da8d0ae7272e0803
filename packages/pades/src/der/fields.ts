import { berChildrenOf } from './ber.ts';
import { DerError, childrenOf, type DerElement } from './read.ts';

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The members of a SEQUENCE, taken one after the other: what is optional is taken only when its tag is there. */
export class Fields {
  readonly #items: readonly DerElement[];
  #at = 0;

  constructor(items: readonly DerElement[]) {
    this.#items = items;
  }

  static of(element: DerElement | undefined, tag: number = TAG.sequence): Fields {
    return new Fields(childrenOf(expectTag(element, tag)));
  }

  static ofBer(element: DerElement | undefined, tag: number = TAG.sequence): Fields {
    return new Fields(berChildrenOf(expectTag(element, tag)));
  }

  /** The next member, whatever it is. */
  any(): DerElement {
    const item = this.#items[this.#at++];
    if (!item) throw new DerError('A member of an ASN.1 sequence is missing.');
    return item;
  }

  next(tag: number): DerElement {
    return expectTag(this.any(), tag);
  }

  optional(tag: number): DerElement | undefined {
    const item = this.#items[this.#at];
    if (item?.tag !== tag) return undefined;
    this.#at++;
    return item;
  }

  get isDone(): boolean {
    return this.#at >= this.#items.length;
  }

  end(): void {
    if (!this.isDone) throw new DerError('An ASN.1 sequence has more members than it may.');
  }
}

export function expectTag(element: DerElement | undefined, tag: number): DerElement {
  if (element?.tag !== tag) throw new DerError('An ASN.1 element has the wrong type.');
  return element;
}

/** The one element inside an `[n] EXPLICIT`. */
export function inside(element: DerElement): DerElement {
  const fields = new Fields(berChildrenOf(element));
  const only = fields.any();
  fields.end();
  return only;
}

/** An object identifier in dotted notation. */
export function oidOf(element: DerElement | undefined): string {
  const { content } = expectTag(element, TAG.oid);
  const last = content.at(-1);
  if (last === undefined || last >= 0x80 || content.length > 64) throw new DerError('An object identifier is malformed.');
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    if (arcs.length === 0) arcs.push(Math.min(2, Math.floor(arc / 40)), arc - 40 * Math.min(2, Math.floor(arc / 40)));
    else arcs.push(arc);
    arc = 0;
  }
  return arcs.join('.');
}

/** A non-negative INTEGER that fits a JavaScript number. */
export function numberOf(element: DerElement | undefined): number {
  const { content } = expectTag(element, TAG.integer);
  const first = content[0];
  if (first === undefined || first >= 0x80 || content.length > 6) throw new DerError('An integer is missing or out of range.');
  return content.readUIntBE(0, content.length);
}

/** DER knows no other TRUE than 0xff; BER writers use any byte but zero. */
export function booleanOf(element: DerElement | undefined): boolean {
  const { content } = expectTag(element, TAG.boolean);
  if (content.length !== 1) throw new DerError('A boolean is malformed.');
  return content[0] !== 0;
}

/** The octets of a BIT STRING without unused bits, as signatures and keys are. */
export function bitsOf(element: DerElement | undefined): Buffer {
  const { content } = expectTag(element, TAG.bitString);
  if (content[0] !== 0) throw new DerError('A bit string has unused bits.');
  return content.subarray(1);
}

const TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z$/;

/** UTCTime or GeneralizedTime in UTC, to the second or finer (RFC 5280, 4.1.2.5; RFC 3161, 2.4.2). */
export function timeOf(element: DerElement | undefined): Date {
  const text = element?.content.toString('latin1') ?? '';
  // Two digits of a year mean 1950 to 2049.
  const full = element?.tag === TAG.utcTime ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text;
  const match = TIME.exec(full);
  if (!match || (element?.tag !== TAG.utcTime && element?.tag !== TAG.generalizedTime)) throw new DerError('A time is malformed.');
  const [, year, month, day, hour, minute, second, fraction = ''] = match;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  if (Number.isNaN(date.getTime())) throw new DerError('A time does not exist.');
  return date;
}
