/** Talks to the gateway that this page comes from, and to nobody else. */
export const MOST_BYTES = 64 * 1024 * 1024;

/** The golden operation of the API, schema/operations/VerifyDocument.graphql. */
export const OPERATION = `query VerifyDocument($input: VerifyDocumentInput!) {
  verifyDocument(input: $input) {
    __typename
    ... on DocumentVerification {
      verdict
      level
      sha256
      size
      revisions
      checkedAt
      sealedHereAt
      findings { code severity message }
      signatures {
        kind
        fieldName
        signer { commonName organization email serialNumber issuer notBefore notAfter sha256 }
        claimedAt
        provenAt
        timestamp { genTime authority trusted }
        reason
        location
        algorithm
        level
        intact
        trusted
        trust
        revocation
        coversWholeFile
        changesSince { kind permitted object description }
        findings { code severity message }
      }
    }
    ... on DocumentUnreadableError { code detail }
    ... on VerificationBusyError { retryAfterSeconds }
    ... on UserError { message }
  }
}`;

/** What kept a file from being checked. `title` is for a heading, the message says what to do. */
export class CheckFailed extends Error {
  constructor(title, message, { detail, retry = true } = {}) {
    super(message);
    this.title = title;
    this.detail = detail;
    this.retry = retry;
  }
}

const offline = () => new CheckFailed('The check did not get through', 'The connection broke off. Look whether you are online, then try again.');
const TITLES = {
  NOT_A_PDF: 'This is not a PDF',
  DAMAGED: 'This PDF is damaged',
  ENCRYPTED: 'This PDF is locked with a password',
  TOO_COMPLEX: 'This PDF takes too much to check here',
};

/** Whether a file begins as PDFs do; one that does not is not sent anywhere. */
export const looksLikePdf = async (file) => {
  const start = new Uint8Array(await file.slice(0, 1024).arrayBuffer());
  return new TextDecoder('latin1').decode(start).includes('%PDF-');
};

/** SHA-256 made in this browser; null where it cannot be (pages that come without TLS). */
export const digestOf = async (file) => {
  if (!globalThis.crypto?.subtle) return null;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** Sends the file, saying how much of it has arrived. Only XMLHttpRequest knows that. */
export const send = (file, { onProgress, signal }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/verifications');
    request.setRequestHeader('content-type', 'application/pdf');
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0));
    request.addEventListener('load', () => {
      if (request.status === 201 && request.response?.uploadId) resolve(request.response);
      else reject(new CheckFailed(request.status === 413 ? 'This file is too large' : 'The file was not taken', request.response?.message ?? 'Something went wrong on our side. Try again in a minute.', { retry: request.status !== 413 }));
    });
    request.addEventListener('error', () => reject(offline()));
    request.addEventListener('abort', () => reject(signal.reason));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });

/** Asks what is true of a file that was sent. @throws CheckFailed */
export const ask = async (uploadId, { signal }) => {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ operationName: 'VerifyDocument', query: OPERATION, variables: { input: { uploadId } } }),
    signal,
  }).catch((error) => {
    throw signal.aborted ? error : offline();
  });
  const { data, errors } = await response.json().catch(() => ({}));
  const answer = data?.verifyDocument;
  if (!answer) throw new CheckFailed('The check could not be made', errors?.[0]?.message ?? 'Something went wrong on our side. Try again in a minute.');
  return answer;
};

/** Asks again while others are served first; the file waits meanwhile. */
export const askUntilServed = async (uploadId, { signal, onWait }) => {
  for (let tries = 0; ; tries += 1) {
    const answer = await ask(uploadId, { signal });
    if (answer.__typename === 'DocumentVerification') return answer;
    if (answer.__typename === 'DocumentUnreadableError') throw new CheckFailed(TITLES[answer.code] ?? 'This PDF cannot be read', answer.message, { detail: answer.detail, retry: false });
    if (answer.__typename !== 'VerificationBusyError' || tries === 3) throw new CheckFailed('The check could not be made', answer.message);
    onWait();
    await new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, answer.retryAfterSeconds * 1_000);
      signal.addEventListener('abort', () => (clearTimeout(timer), reject(signal.reason)), { once: true });
    });
  }
};
