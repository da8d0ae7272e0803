import type { Rule } from './find.ts';

/** Calling code of Namibia, for numbers that are written without one. */
const NAMIBIA = '+264';

export const emails: Rule = {
  kind: 'EMAIL',
  patterns: [{ match: /(?<![\w.%+-])[\w.%+-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,5}/gi, valueOf: ([address]) => address.toLowerCase() }],
};

export const phones: Rule = {
  kind: 'PHONE',
  patterns: [
    { match: /\+[1-9]\d{0,2}(?:[ ()-]{0,2}\d){6,12}(?!\d)/g, valueOf: ([number]) => `+${number.replace(/\D/g, '').replace(/^2640/, '264')}` },
    { match: /(?<![\d+])0(?:6[1-7]|8[1-5])[ -]?\d{3}[ -]?\d{3,4}(?!\d)/g, valueOf: ([number]) => `${NAMIBIA}${number.replace(/\D/g, '').slice(1)}` },
  ],
};

/** Words that begin with a capital, then a legal form of Namibia or South Africa. */
export const companies: Rule = {
  kind: 'COMPANY',
  patterns: [
    {
      match: /(?:\p{Lu}[\p{L}\d&'’.-]{0,40}[ \u00a0](?:(?:and|en|of|van|&)[ \u00a0])?){1,6}(?:\((?:Pty|Proprietary|Edms)\)\.?[ \u00a0]?(?:Ltd|Limited|Bpk)|(?:Ltd|Limited|Beperk|Inc|CC|BK)(?![\p{L}\d]))\.?/gu,
      valueOf: () => null,
    },
  ],
};

/** What a contract calls its parties: (hereinafter referred to as “the Lessor”), (“the Lessee”). */
export const parties: Rule = {
  kind: 'PARTY',
  patterns: [
    { match: /(?:herein ?after|hierna)[^"“”\n()]{0,60}["“]([^"“”\n]{1,60})["”]/gi, valueOf: () => null },
    { match: /\((?:the |die )?["“]([^"“”\n]{1,60})["”]\)/gi, valueOf: () => null },
  ],
};
