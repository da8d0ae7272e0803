export { signPdf } from './sign/sign-pdf.ts';
export type { DocMdpPermission, SignPdfOptions } from './sign/options.ts';
export { keySigner } from './cms/signer.ts';
export type { SignatureAlgorithm, Signer } from './cms/signer.ts';
export { PdfRefusal, SigningFailure } from './refusal.ts';
export type { PdfRefusalCode, SigningFailureCode } from './refusal.ts';
