import { FileStoreError } from './errors.ts';

/**
 * Where a file lies: `<organizationId>/<sha256>`. Only shapes that cannot climb out of their folder pass:
 * no dots, no slashes, lower case (some file systems do not tell case apart).
 *
 * @throws FileStoreError `INVALID_KEY`
 */
export function keyOf(organizationId: string, sha256: string): string {
  assertOrganization(organizationId);
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw new FileStoreError('INVALID_KEY', 'A file is named by its SHA-256: 64 digits of lower-case hex.');
  }
  return `${organizationId}/${sha256}`;
}

/** @throws FileStoreError `INVALID_KEY` */
export function assertOrganization(organizationId: string): void {
  if (!/^[a-z0-9][a-z0-9_-]{0,62}$/.test(organizationId)) {
    throw new FileStoreError('INVALID_KEY', 'An organization id has 1 to 63 lower-case letters, digits, "_" or "-".');
  }
}
