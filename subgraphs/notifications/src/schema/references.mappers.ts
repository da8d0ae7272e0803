interface Reference {
  readonly id: string;
}

export type UserMapper = Reference;
export type DocumentMapper = Reference;
export type EmailMessageMapper = Reference;
export type EnvelopeMapper = Reference;
export type RecipientMapper = Reference;
