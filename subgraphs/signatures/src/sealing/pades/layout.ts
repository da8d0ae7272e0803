import type { LayoutPlan, PlannedField } from '@buffrsign/stamp';
import type { DocumentPlan, PlannedSigner } from '../engine.ts';
import { platformSealName } from '../names.ts';

const signerFields = ({ name, signature, values, certificateField }: PlannedSigner): PlannedField[] => [
  {
    kind: 'signature',
    name: signature.fieldName,
    page: signature.page,
    rectangle: signature.rectangle,
    tooltip: `Signature of ${name}`,
    // From their signature on, nobody changes what they filled in.
    locks: [...values.map(({ fieldName }) => fieldName), certificateField],
  },
  ...values.map(({ fieldName, page, rectangle }): PlannedField => ({ kind: 'value', name: fieldName, page, rectangle, tooltip: `Filled in by ${name}` })),
];

export interface CertificateSettings {
  /** Where anybody can check the document. */
  readonly verificationUrl: string;
  /** Whether certificates or timestamps come from the test authority. */
  readonly testTrust: boolean;
}

/** The base revision in the words of `@buffrsign/stamp`. */
export const layoutPlan = (plan: DocumentPlan, settings: CertificateSettings): LayoutPlan => {
  const { envelopeId, title, documentSha256, originalSha256, sender, createdAt, sentAt, signers } = plan;
  const fields = signers.flatMap(signerFields);
  const ours = [...fields.map(({ name }) => name), ...signers.map(({ certificateField }) => certificateField)];
  return {
    drawn: [],
    // The seal certifies the document as it is: what may still be filled in are the fields of the signers, and nothing else.
    fields: [...fields, { kind: 'signature', name: platformSealName, locksAllBut: ours }],
    certificate: {
      envelopeId,
      documentTitle: title,
      documentSha256,
      originalSha256,
      sender: sender ? `${sender.name} <${sender.email}>` : 'Not known here',
      createdAt,
      ...(sentAt && { sentAt }),
      verificationUrl: settings.verificationUrl,
      testTrust: settings.testTrust,
      recipients: signers.map(({ certificateField: fieldName, name, email, routingOrder }) => ({ fieldName, name, email, routingOrder })),
    },
  };
};
