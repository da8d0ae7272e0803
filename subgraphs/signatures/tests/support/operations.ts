/** What clients ask, as they would write it. */
const ENVELOPE = /* GraphQL */ `
  fragment Shown on Envelope {
    id title message state documentSha256 consentText sentAt expiresAt deliveredAt signedAt completedAt endedAt endReason
    document { id } sender { id } senderName
    recipients { id name email routingOrder state declineReason completedAt consent { at textSha256 } fields { id kind page } }
    fields { id kind page rectangle { x y width height } required label recipient { id } value { text checked drawingSha256 } }
    sealing { state reason attempts signaturesExpected signaturesApplied levelRequired levelReached timestampAuthority nextAttemptAt } sealedDocument { sha256 size sealedAt level }
  }
`;
const ERRORS = /* GraphQL */ `
  ... on UserError { message }
  ... on InvalidInputError { issues { path message } }
`;

export const SHOW = `query ($id: ID!) { envelope(id: $id) { ...Shown } } ${ENVELOPE}`;

export const CREATE = `mutation ($input: CreateEnvelopeInput!) { createEnvelope(input: $input) { __typename ... on CreateEnvelopeSuccess { envelope { ...Shown } } ${ERRORS} } } ${ENVELOPE}`;

export const UPDATE = `mutation ($input: UpdateEnvelopeInput!) { updateEnvelope(input: $input) { __typename ... on UpdateEnvelopeSuccess { envelope { ...Shown } } ... on EnvelopeNotDraftError { state } ${ERRORS} } } ${ENVELOPE}`;

export const DELETE = `mutation ($input: DeleteDraftInput!) { deleteDraft(input: $input) { __typename ... on DeleteDraftSuccess { deletedId } ... on EnvelopeNotDraftError { state } } }`;

export const SEND = `mutation ($input: SendEnvelopeInput!) { sendEnvelope(input: $input) { __typename ... on SendEnvelopeSuccess { envelope { ...Shown } } ... on EnvelopeIncompleteError { missing } ... on SealingUnavailableError { reason } ... on EnvelopeNotDraftError { state } ${ERRORS} } } ${ENVELOPE}`;

export const RESEND = `mutation ($input: ResendSigningLinkInput!) { resendSigningLink(input: $input) { __typename ... on ResendSigningLinkSuccess { recipient { id state } } ... on EnvelopeNotOpenError { state } ... on NotYourTurnError { ahead } ${ERRORS} } }`;

export const VOID = `mutation ($input: VoidEnvelopeInput!) { voidEnvelope(input: $input) { __typename ... on VoidEnvelopeSuccess { envelope { ...Shown } } ... on EnvelopeNotOpenError { state } ${ERRORS} } } ${ENVELOPE}`;

export const OPEN = `mutation ($input: OpenSigningLinkInput!) { openSigningLink(input: $input) { __typename ... on OpenSigningLinkSuccess { accessToken expiresAt envelopeId recipientId } ... on EnvelopeNotOpenError { state } ... on UserError { message } } }`;

export const SIGN = `mutation ($input: SignEnvelopeInput!) { signEnvelope(input: $input) { __typename ... on SignEnvelopeSuccess { envelope { ...Shown } recipient { id state } } ... on EnvelopeNotOpenError { state } ... on NotYourTurnError { ahead } ... on FieldsMissingError { fields { id } } ${ERRORS} } } ${ENVELOPE}`;

export const DECLINE = `mutation ($input: DeclineEnvelopeInput!) { declineEnvelope(input: $input) { __typename ... on DeclineEnvelopeSuccess { envelope { ...Shown } recipient { id state } } ... on EnvelopeNotOpenError { state } ... on NotYourTurnError { ahead } ${ERRORS} } } ${ENVELOPE}`;

export const PROGRESS = `subscription ($id: ID!) { envelopeProgress(envelopeId: $id) { kind occurredAt envelope { id state sealing { state } } recipient { id state } } }`;

export const SIGNATURES = `query ($id: ID!) { envelope(id: $id) { recipients { signature { signedAt identification ip userAgent appliedAt level timestampedAt timestampAuthority certificate { subject serialNumber sha256 } } } } }`;
