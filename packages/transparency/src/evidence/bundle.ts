import { z } from 'zod';
import { canonicalJson, type Json } from '../canonical.ts';
import { MAX_PROOF } from '../merkle/verify.ts';
import { MAX_NOTE } from '../note/signed-note.ts';
import { TransparencyRefusal } from '../refusal.ts';
import { parseStrictJson } from '../strict-json.ts';
import { eventModel } from './event.ts';

export const BUNDLE_FORMAT = 'evidence-bundle';
export const BUNDLE_VERSION = 1;

/** Characters of a bundle at most. */
export const MAX_BUNDLE = 32 * 1024 * 1024;
const MAX_EVENTS = 20_000;
/** Base64 characters of a certificate or a token at most. */
const MAX_DER = 128 * 1024;

const hashBase64 = z.string().regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64');
const der = z.base64().max(MAX_DER);

const disclosedModel = z.strictObject({ subject: z.string(), salt: z.string().regex(/^[0-9a-f]{64}$/), data: z.record(z.string(), z.json() as z.ZodType<Json>) });
const erasedModel = z.strictObject({ subject: z.string(), erased: z.literal(true) });

/** Personal data that an event commits to: shown with their salt, or said to be erased. */
export const personalModel = z.union([disclosedModel, erasedModel]);

/** All that is needed to check what happened to one envelope, in one JSON document. */
export const bundleModel = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  version: z.literal(BUNDLE_VERSION),
  createdAt: z.iso.datetime(),
  organization: z.string().min(1).max(255),
  /** Id of the thread whose events these are. */
  envelope: z.string().min(1).max(255),
  /** The files that the events name, for people to read; what counts is what the events say. */
  files: z.array(z.strictObject({ role: z.string(), sha256: z.string() })).max(1_000),
  /** In the order of the trail: the whole thread of the envelope, and events about its document beside it. */
  events: z
    .array(z.strictObject({ event: eventModel, proof: z.array(hashBase64).max(MAX_PROOF), personal: z.array(personalModel).max(1_000) }))
    .max(MAX_EVENTS),
  checkpoint: z.strictObject({
    /** A C2SP checkpoint, as it was signed. */
    note: z.string().max(MAX_NOTE),
    /** An RFC 3161 token over SHA-256 of the note (all of it, as UTF-8); null while there is none. */
    anchor: z.strictObject({ token: der, time: z.iso.datetime(), authority: z.string().max(1_000) }).nullable(),
  }),
  /** Public keys of the log, as `name+id+key`. Compare them with what its operator publishes. */
  logKeys: z.array(z.string().max(1_000)).max(64),
  /** Certificates that help to check the token, DER. */
  certificates: z.array(der).max(64),
});

export type EvidenceBundle = z.output<typeof bundleModel>;
export type BundledEvent = EvidenceBundle['events'][number];
export type BundledPersonal = z.output<typeof personalModel>;

/** A bundle as text: canonical JSON, so that the same evidence is the same file. */
export const formatBundle = (bundle: EvidenceBundle): string => canonicalJson(bundle as Json);

const headOf = z.object({ format: z.string(), version: z.number() });

/**
 * Reads a bundle; verifies nothing of it.
 *
 * @throws TransparencyRefusal TOO_LARGE, NOT_JSON, or UNKNOWN_FORMAT with the first thing that is not as it must be.
 */
export const parseBundle = (text: string): EvidenceBundle => {
  const value = parseStrictJson(text, MAX_BUNDLE);
  const head = headOf.safeParse(value);
  if (!head.success || head.data.format !== BUNDLE_FORMAT) throw new TransparencyRefusal('UNKNOWN_FORMAT', 'This is not an evidence bundle.');
  if (head.data.version !== BUNDLE_VERSION) throw new TransparencyRefusal('UNKNOWN_FORMAT', `This evidence bundle is of version ${head.data.version}; version ${BUNDLE_VERSION} is known here.`);
  const read = bundleModel.safeParse(value);
  if (read.success) return read.data;
  const { path, message } = read.error.issues[0]!;
  throw new TransparencyRefusal('UNKNOWN_FORMAT', `The evidence bundle is not as it must be at ${path.join('.') || 'its root'}: ${message}.`);
};
