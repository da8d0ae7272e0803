/** Names of form fields in the PDF. They hold no period, which would part them (ISO 32000-1, 12.7.3.2). */
export const platformSealName = 'platform_seal';

/** Field of the signature of the recipient in this place, from 1. */
export const signatureName = (position: number): string => `signer_${position}`;

/** Field of the entry in the completion certificate of the recipient in this place, from 1. */
export const certificateName = (position: number): string => `certificate_${position}`;

/** Field of something else that a recipient fills in. */
export const valueName = (fieldId: string): string => `field_${fieldId}`;
