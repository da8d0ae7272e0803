import { certificatesOfPem, keySigner, type Signer } from '@buffrsign/pades';
import { issueSignerCertificate, loadOrCreateTestTrust, sealSigner, type TestTrust } from '@buffrsign/pades/test-trust';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { SignerAuthority } from '../signer-authority.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Time that a signer's certificate has left when it is used: enough for a signature that is time-stamped at once. */
const VALID_DAYS = 30;

/** Keys and certificates that the platform seals with. */
export interface Trust {
  readonly test: () => Promise<TestTrust>;
  readonly seal: () => Promise<Signer>;
  readonly signers: SignerAuthority;
  /** Roots (DER) that our own signatures lead to. */
  readonly roots: () => Promise<Uint8Array[]>;
}

export interface TrustSettings {
  /** Folder of the embedded TEST authority. */
  readonly directory: string;
  /** PEM files of a certificate with its chain and of its key, in place of the test seal. */
  readonly seal: { readonly certificatePath: string; readonly keyPath: string } | null;
  readonly now: () => Date;
}

/** Made once; made again after a failure. */
export const kept = <Result>(make: () => Promise<Result>): (() => Promise<Result>) => {
  let made: Promise<Result> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
};

const readSeal = async ({ certificatePath, keyPath }: NonNullable<TrustSettings['seal']>): Promise<Signer> => {
  const [certificate, ...chain] = certificatesOfPem(await readFile(certificatePath, 'utf8'));
  if (!certificate) throw new Error(`There is no certificate in ${certificatePath}.`);
  return keySigner({ certificate, chain, privateKey: createPrivateKey(await readFile(keyPath)) });
};

const isRoot = (der: Uint8Array): boolean => {
  const certificate = new X509Certificate(der);
  return certificate.checkIssued(certificate);
};

/** Opens the keys and certificates that the settings name; a test authority is made where there is none. */
export const createTrust = ({ directory, seal, now }: TrustSettings): Trust => {
  const test = kept(() => loadOrCreateTestTrust(directory, { now: now() }));
  const sealWith = kept(async () => (seal ? readSeal(seal) : sealSigner(await test())));
  return {
    test,
    seal: sealWith,
    signers: {
      check: async () => void (await test()),
      async issue({ name, email, signedAt, now: moment }) {
        // Valid when they signed, also where sealing had to wait for weeks after that.
        const validDays = Math.ceil((moment.getTime() - signedAt.getTime()) / DAY_MS) + VALID_DAYS;
        return issueSignerCertificate(await test(), { name, email, now: signedAt, validDays });
      },
    },
    roots: async () => [(await test()).root, ...(await sealWith()).chain.filter(isRoot)],
  };
};
