export interface LinkNotValid {
  readonly __typename: 'LinkNotValidError';
  readonly message: string;
}

export const linkNotValid: LinkNotValid = { __typename: 'LinkNotValidError', message: 'This link was used already, or its time ran out. Ask for a new one.' };
