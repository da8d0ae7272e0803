import { surveyForm } from '../pdf/form.ts';
import { Revision } from '../pdf/revision.ts';
import { Update } from '../pdf/update.ts';
import { buildDraft, coveredDigest, roomOf, writeContents } from '../sign/draft.ts';
import { addSignatureField, freeFieldName } from '../sign/new-field.ts';
import { signatureDictionary, timestampFacts } from '../sign/signature-dictionary.ts';
import { ATTEMPTS_MAX, rememberToken, tokenRoom } from '../sign/token-room.ts';
import type { Timestamp, TimestampAuthority } from '../tsp/authority.ts';
import { ExtensionFailure } from './failure.ts';

/** A document time-stamp (ETSI EN 319 142-1, 5.4.3) over all of `pdf`, as bytes to append. */
export async function documentTimestamp(pdf: Uint8Array, authority: TimestampAuthority, firstRoom?: number): Promise<{ bytes: Buffer; timestamp: Timestamp }> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const update = new Update(new Revision(pdf));
    const signature = update.allocate();
    const dictionary = signatureDictionary('DocTimeStamp', timestampFacts(), tokenRoom(authority, attempt === 0 ? firstRoom : undefined));
    update.put(signature, dictionary.body);
    addSignatureField(update, freeFieldName(surveyForm(update.revision), 'timestamp_'), signature);
    const draft = buildDraft(update, signature, dictionary);
    const timestamp = await authority.timestamp(coveredDigest(pdf, draft, 'sha256'));
    rememberToken(authority, timestamp.token);
    if (timestamp.token.length <= roomOf(draft)) {
      writeContents(draft, Buffer.from(timestamp.token));
      return { bytes: draft.bytes, timestamp };
    }
  }
  throw new ExtensionFailure('TIMESTAMP_TOO_LARGE', `The tokens of the time-stamp authority ${authority.name} outgrow the room for them.`);
}
