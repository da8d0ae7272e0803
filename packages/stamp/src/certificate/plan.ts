/** What the completion certificate says before anybody signs. */
export interface CertificatePlan {
  readonly envelopeId: string;
  readonly documentTitle: string;
  /** SHA-256 in hexadecimal of the file as it was uploaded. */
  readonly originalSha256: string;
  /** SHA-256 in hexadecimal of the prepared file that this document was laid out from. */
  readonly documentSha256: string;
  /** Who sent the envelope, as it shall be read: name, organization, e-mail. */
  readonly sender: string;
  readonly createdAt: Date;
  readonly sentAt?: Date;
  /** Where the document can be checked; also drawn as a QR code. */
  readonly verificationUrl: string;
  /** Whether certificates and time stamps come from a test authority, which proves nothing to third parties. */
  readonly testTrust: boolean;
  readonly recipients: readonly CertificateRecipient[];
}

/** A recipient with the field that their entry goes into. */
export interface CertificateRecipient {
  readonly fieldName: string;
  readonly name: string;
  readonly email: string;
  readonly routingOrder: number;
}

/** What is known of a recipient once they have signed. */
export interface CertificateEntry {
  readonly name: string;
  readonly email: string;
  /** In words: how it was found out that it was this person. */
  readonly identifiedBy: string;
  readonly sentAt?: Date;
  readonly openedAt?: Date;
  readonly consentAt: Date;
  /** SHA-256 in hexadecimal of the text that was agreed to. */
  readonly consentTextSha256: string;
  readonly signedAt: Date;
  readonly ip?: string;
  readonly userAgent?: string;
  /** Serial number of the certificate that the signature was made with. */
  readonly certificateSerial: string;
}
