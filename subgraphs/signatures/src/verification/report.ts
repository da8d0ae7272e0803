import { z } from 'zod';

const finding = z.object({ code: z.string(), severity: z.enum(['ERROR', 'WARNING']), message: z.string() });
const level = z.enum(['B-B', 'B-T', 'B-LT', 'B-LTA']).nullable();
const text = z.string().nullish().transform((value) => value ?? null);

const signer = z.object({
  commonName: text,
  organization: text,
  email: text,
  serialNumber: z.string(),
  issuer: z.string(),
  notBefore: z.date(),
  notAfter: z.date(),
  sha256: z.string(),
});

const signature = z.object({
  kind: z.enum(['CERTIFICATION', 'APPROVAL', 'DOC_TIMESTAMP']),
  fieldName: z.string(),
  signer: signer.nullable(),
  claimedAt: z.date().nullable(),
  timestamp: z.object({ genTime: z.date(), authority: z.string(), trusted: z.boolean() }).nullable(),
  provenAt: z.date().nullable(),
  reason: text,
  location: text,
  algorithm: z.string(),
  level,
  intact: z.boolean(),
  trusted: z.boolean(),
  /** Which kind of root it leads to; null where it is not trusted. */
  trust: z.enum(['TEST', 'CONFIGURED']).nullable(),
  revocation: z.enum(['GOOD', 'REVOKED', 'UNKNOWN']),
  coversWholeFile: z.boolean(),
  changesSince: z.array(z.object({ kind: z.string(), permitted: z.boolean(), object: z.number().int().nullable(), description: z.string() })),
  findings: z.array(finding),
});

/** What the child found out: `Verification` of the package, with the kind of root beside each signature. */
const report = z.object({
  kind: z.literal('report'),
  verdict: z.enum(['VALID', 'INVALID', 'UNSIGNED']),
  level,
  signatures: z.array(signature),
  findings: z.array(finding),
  revisions: z.number().int(),
});

const refused = z.object({ kind: z.literal('refused'), code: z.string(), detail: z.string() });

/** The child has read a stranger's file: its answer is checked like a stranger's. */
export const childAnswer = z.union([report, refused]);

export type ChildAnswer = z.output<typeof childAnswer>;
export type Report = z.output<typeof report>;
export type Level = NonNullable<Report['level']>;
