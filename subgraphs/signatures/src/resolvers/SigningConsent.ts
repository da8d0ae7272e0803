import type { SigningConsentResolvers } from './../__generated__/types.ts';

export const SigningConsent: SigningConsentResolvers = {};
