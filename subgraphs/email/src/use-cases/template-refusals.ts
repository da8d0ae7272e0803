import type { VariablesError } from '../domain/compose.ts';

export interface TemplateUnknown {
  readonly __typename: 'EmailTemplateUnknownError';
  readonly message: string;
}

export const templateUnknown = (name: string): TemplateUnknown => ({
  __typename: 'EmailTemplateUnknownError',
  message: `There is no template “${name}” that a member can send. The list of templates says which can be sent.`,
});

export interface VariablesRefused {
  readonly __typename: 'EmailVariablesError';
  readonly message: string;
  readonly unknown: readonly string[];
  readonly missing: readonly string[];
}

export const variablesRefused = ({ message, unknown, missing }: Pick<VariablesError, 'message' | 'unknown' | 'missing'>): VariablesRefused => ({ __typename: 'EmailVariablesError', message, unknown, missing });
