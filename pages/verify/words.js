/** What the answers of the check mean, in plain words. Nothing here claims more than was checked. */

const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;

/** The names in a distinguished name (RFC 4514), without its syntax. */
const plainName = (name) => {
  const parts = ['CN', 'O'].map((key) => new RegExp(`(?:^|[,+\\n]\\s*)${key}=((?:\\\\.|[^,+\\n\\\\])+)`).exec(name)?.[1]?.replace(/\\(.)/g, '$1').trim()).filter(Boolean);
  return parts.length > 0 ? [...new Set(parts)].join(', ') : name;
};

export const nameOf = ({ kind, signer, timestamp }) => (kind === 'DOC_TIMESTAMP' ? (timestamp?.authority ?? signer?.commonName ?? 'An unnamed authority') : (signer?.commonName ?? signer?.organization ?? 'Somebody without a readable certificate'));

export const KINDS = { CERTIFICATION: 'Seal over the document', APPROVAL: 'Signature', DOC_TIMESTAMP: 'Archive timestamp' };

export const LEVELS = {
  B_B: ['B-B', 'Shows who signed and what. When is only claimed.'],
  B_T: ['B-T', 'A trusted timestamp proves when, too.'],
  B_LT: ['B-LT', 'Carries all that is needed to check it later, when its issuer may be gone.'],
  B_LTA: ['B-LTA', 'For the archive: carries all that is needed to check it later, under a timestamp that can be renewed.'],
};
export const levelName = (level) => (level ? LEVELS[level][0] : 'none');

const isBroken = ({ intact }) => !intact;
const isRevoked = ({ revocation }) => revocation === 'REVOKED';
const isChanged = ({ changesSince }) => changesSince.some(({ permitted }) => !permitted);
const errorsOf = ({ findings }) => findings.filter(({ severity }) => severity === 'ERROR');
const warningsOf = ({ findings }) => findings.filter(({ severity }) => severity === 'WARNING');

/** Why a certificate leads to nobody known here. Whatever else is wrong weighs more. */
const TRUST_CODES = new Set(['UNTRUSTED', 'CERTIFICATE_EXPIRED', 'CERTIFICATE_NOT_YET_VALID', 'ISSUER_NOT_CA', 'PATH_TOO_LONG', 'KEY_USAGE_WRONG', 'CRITICAL_EXTENSION_UNKNOWN', 'NAME_CONSTRAINTS_UNSUPPORTED', 'CERTIFICATE_SIGNATURE_INVALID']);

/** How one signature stands: `tone` for the eye, `label` for everybody. */
export const standing = (signature) => {
  if (isBroken(signature)) return { tone: 'bad', label: 'Broken' };
  if (isRevoked(signature)) return { tone: 'bad', label: 'Certificate was revoked' };
  if (isChanged(signature)) return { tone: 'bad', label: 'Changed afterwards' };
  if (errorsOf(signature).some(({ code }) => !TRUST_CODES.has(code))) return { tone: 'bad', label: 'Does not hold' };
  if (!signature.trusted) return { tone: 'care', label: 'Issuer not known here' };
  return signature.trust === 'TEST' ? { tone: 'care', label: 'Holds, by a test certificate' } : { tone: 'good', label: 'Holds' };
};

/** The answer for the whole document. */
export const judge = (result) => {
  const { verdict, signatures } = result;
  const signers = signatures.filter(({ kind }) => kind !== 'DOC_TIMESTAMP');
  const names = [...new Set(signatures.filter(isBroken).map(nameOf))].join(', ');
  if (verdict === 'UNSIGNED') return { tone: 'calm', headline: 'This PDF carries no digital signature', summary: 'Nothing in it proves who made it, or that it is as it was. A drawn or typed name on a page is a picture: anybody can put one there.' };
  if (verdict === 'VALID' && signatures.some(({ trust }) => trust === 'TEST'))
    return { tone: 'care', headline: 'Nothing was changed, but the certificates are for testing', summary: `${signers.length === 1 ? 'The signature holds' : `All ${signers.length} signatures hold`}, and what was signed is what this file says. The certificates come from a test authority, though: they prove to nobody who signed.` };
  if (verdict === 'VALID') return { tone: 'good', headline: signers.length === 1 ? 'The signature holds' : 'Every signature holds', summary: `What was signed is what this file says, and ${signers.length === 1 ? 'the certificate behind it leads' : `each of the ${signers.length} certificates leads`} to an authority that is trusted here.` };
  if (signatures.some(isBroken)) return { tone: 'bad', headline: 'A signature in this document is broken', summary: `What this file says is not what was signed (${names}). Do not rely on it. Ask whoever sent it for the file as it was signed.` };
  if (signatures.some(isChanged)) return { tone: 'bad', headline: 'This document was changed after it was signed', summary: 'Something was added or replaced that its signers did not permit; it is listed below. Do not rely on what you see on its pages. Ask for the file as it was signed.' };
  if (signatures.some(isRevoked)) return { tone: 'bad', headline: 'A certificate behind this document had been revoked', summary: 'Its issuer had taken it back before it was used here. Do not rely on that signature.' };
  if (signatures.every((signature) => standing(signature).tone !== 'bad') && errorsOf(result).length === 0)
    return { tone: 'care', headline: 'Nothing was changed, but who signed cannot be confirmed', summary: 'The signatures fit what this file says. Who stands behind at least one of them is not known here, and anybody can write any name into a certificate of their own.' };
  return { tone: 'bad', headline: 'This document does not hold', summary: 'Something in it contradicts its signatures; it is listed below. Do not rely on it.' };
};

/** What speaks against the document, each once. */
export const faults = (result) => [...new Set([...errorsOf(result), ...result.signatures.flatMap(errorsOf)].map(({ message }) => message))];

/** What each signature says of itself, as rows of a question and its answer. */
export const answers = (signature) => {
  const { kind, intact, trust, trusted, revocation, signer, provenAt, claimedAt, timestamp } = signature;
  const issuer = signer?.issuer ? plainName(signer.issuer) : null;
  const named = issuer ? `As named by ${issuer}` : kind === 'DOC_TIMESTAMP' ? 'A timestamp authority' : 'An issuer that cannot be read';
  return [
    ['Content', intact ? 'What it covers is unchanged, to the last byte.' : 'What it covers was changed, or it was made for something else.'],
    ['Identity', trusted ? (trust === 'TEST' ? `As named by a test authority${issuer ? `, ${issuer}` : ''}. It checks nobody’s identity.` : `${named}, which is trusted here.`) : `${named}, which is not known here.`],
    ['Time', { provenAt, claimedAt, timestamp, kind }],
    ['Revocation', kind === 'DOC_TIMESTAMP' && revocation === 'UNKNOWN' ? 'Not in the file: the newest timestamp brings it along only once it is renewed.' : { GOOD: 'The certificate was valid: its issuer says so in the file.', REVOKED: 'The certificate had been revoked when it was used.', UNKNOWN: 'Not known: the file holds no word on it, and this check asks nobody else.' }[revocation]],
    ['Level', kind === 'DOC_TIMESTAMP' ? null : signature.level ? LEVELS[signature.level] : ['Not PAdES', 'Not made to the PAdES baseline. It was checked all the same.']],
  ].filter(([, answer]) => answer !== null);
};

/** What was added after a signature, in one sentence. */
export const changes = ({ coversWholeFile, changesSince }) => {
  const illegal = changesSince.filter(({ permitted }) => !permitted).length;
  if (illegal > 0) return `${count(illegal, 'change', 'changes')} after it that it does not permit.`;
  if (changesSince.length > 0) return `${count(changesSince.length, 'addition', 'additions')} after it, all of a kind that it permits.`;
  return coversWholeFile ? 'Nothing was added after it.' : 'Nothing of weight was added after it.';
};

/** Said already, by what a signature has or lacks. */
const SAID = new Set(['TIME_NOT_PROVEN', 'REVOCATION_UNKNOWN']);
const WARNINGS = { NOT_BASELINE: 'How it was made', TIMESTAMP_UNTRUSTED: 'Whether its timestamp can be believed' };

/** What stayed open, and what that means: one entry a question, with the names that it concerns. */
export const open = (result) => {
  const found = new Map();
  const add = (title, meaning, name) => found.set(title, { title, meaning, names: [...new Set([...(found.get(title)?.names ?? []), ...(name ? [name] : [])])] });
  for (const signature of result.signatures) {
    const name = nameOf(signature);
    if (signature.trust === 'TEST') add('Who the signers are', 'The certificates are made by a test authority for trying things out. Whoever runs it can write any name into them.', name);
    if (!signature.trusted) add('Whether the issuer can be believed', 'It is not among the authorities that are trusted here. That does not make it wrong: ask the signer which authority it is, and compare the SHA-256 of the certificate below.', name);
    // Of the newest timestamp over the whole document this is never in the file.
    if (signature.revocation === 'UNKNOWN' && signature.kind !== 'DOC_TIMESTAMP') add('Whether a certificate had been revoked', 'A certificate can be taken back when its key was lost or stolen. The file holds no word on that, so nothing shows that this did not happen.', name);
    if (!signature.provenAt) add('When it was signed', 'No trusted timestamp proves the time. The clock of whoever signs can be set to anything.', name);
    for (const { code, message } of warningsOf(signature)) if (!SAID.has(code)) add(WARNINGS[code] ?? 'Something else', message, name);
  }
  for (const { code, message } of warningsOf(result)) if (!SAID.has(code)) add(WARNINGS[code] ?? 'The document as a whole', message);
  return [...found.values()];
};
