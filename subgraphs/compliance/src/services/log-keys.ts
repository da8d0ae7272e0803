import { newId, open, seal } from '@buffrsign/kernel';
import { formatVerifierKey, noteKey, rawPublicKey } from '@buffrsign/transparency';
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { AuditLogKey } from '../__generated__/prisma/client.ts';
import type { Database } from '../database.ts';

/** The key that signs now, and the name of the log that it is for. */
export interface SigningLogKey {
  readonly name: string;
  readonly privateKey: KeyObject;
}

/** A key as everybody may know it. */
export interface PublishedLogKey {
  readonly name: string;
  /** Ed25519, 32 bytes in base64. */
  readonly publicKey: string;
  /** As C2SP writes it: `name+id+key`. */
  readonly verifierKey: string;
  readonly createdAt: Date;
}

/** Keys of the platform's audit log, kept encrypted in its own database so that all its processes sign with the same. */
export interface LogKeys {
  /** The newest key of the log's present name; made when there is none. */
  current(): Promise<SigningLogKey>;
  /** Every key that ever signed, newest first: old checkpoints stay checkable. */
  published(): Promise<readonly PublishedLogKey[]>;
}

/** Any number that nothing else locks: one process at a time makes a key. */
const KEY_LOCK = 7_263_905;

const publicOf = ({ name, publicKey, createdAt }: AuditLogKey): PublishedLogKey => ({ name, publicKey, verifierKey: formatVerifierKey(noteKey(name, Buffer.from(publicKey, 'base64'))), createdAt });

export const createLogKeys = (options: { readonly name: string; readonly db: Database; readonly dataKey: string; readonly now: () => Date }): LogKeys => {
  const { name, db, dataKey, now } = options;

  const add = (): Promise<AuditLogKey> =>
    db.$transaction(async (tx) => {
      await tx.$queryRaw`select 1 as held from pg_advisory_xact_lock(${KEY_LOCK}::bigint)`;
      const present = await newest(tx);
      if (present) return present;
      const { privateKey } = generateKeyPairSync('ed25519');
      const sealed = seal(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), dataKey);
      return tx.auditLogKey.create({ data: { id: newId('alk'), name, publicKey: rawPublicKey(privateKey).toString('base64'), privateKey: sealed, createdAt: now() } });
    });

  const newest = (from: Pick<Database, 'auditLogKey'>): Promise<AuditLogKey | null> => from.auditLogKey.findFirst({ where: { name }, orderBy: { id: 'desc' } });

  return {
    async current() {
      const row = (await newest(db)) ?? (await add());
      return { name, privateKey: createPrivateKey(open(row.privateKey, dataKey)) };
    },
    published: async () => (await db.auditLogKey.findMany({ orderBy: { id: 'desc' } })).map(publicOf),
  };
};
