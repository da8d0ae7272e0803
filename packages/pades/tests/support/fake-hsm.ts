import { spawnSync, spawn } from 'node:child_process';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * A signing service in a process of its own. The key is made there and never leaves it; what comes in is a SHA-256
 * digest in hexadecimal digits, line by line, and anything else is refused. ECDSA values go out as r followed by s.
 */
export interface FakeHsm extends AsyncDisposable {
  readonly publicKey: KeyObject;
  signDigest(digest: Uint8Array): Promise<Uint8Array>;
  /** What the service was given so far, byte for byte. */
  readonly seen: readonly Buffer[];
}

export async function startFakeHsm(kind: 'p256' | 'rsa'): Promise<FakeHsm> {
  const child = spawn(process.execPath, [import.meta.filename, kind], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Buffer> => {
    const { value } = await lines.next();
    if (typeof value !== 'string' || value.startsWith('refused')) throw new Error(`The service ${value ?? 'is gone'}.`);
    return Buffer.from(value, 'hex');
  };
  const publicKey = createPublicKey({ key: await next(), format: 'der', type: 'spki' });
  const seen: Buffer[] = [];
  return {
    publicKey,
    seen,
    signDigest: async (digest) => {
      seen.push(Buffer.from(digest));
      child.stdin.write(`${Buffer.from(digest).toString('hex')}\n`);
      return next();
    },
    [Symbol.asyncDispose]: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

async function serve(kind: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hsm-'));
  const key = join(folder, 'key.pem');
  const openssl = (args: readonly string[], input?: Buffer): Buffer => {
    const { status, stdout, stderr } = spawnSync('openssl', args, { input });
    if (status !== 0) throw new Error(stderr.toString());
    return stdout;
  };
  try {
    const kindOptions = kind === 'rsa' ? ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048'] : ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];
    openssl(['genpkey', '-out', key, '-algorithm', ...kindOptions]);
    process.stdout.write(`${openssl(['pkey', '-in', key, '-pubout', '-outform', 'DER']).toString('hex')}\n`);
    for await (const line of createInterface({ input: process.stdin })) {
      if (!/^[0-9a-f]{64}$/.test(line)) process.stdout.write('refused: not a SHA-256 digest\n');
      else {
        // pkeyutl puts the digest into a DigestInfo for RSA and signs it as it is for EC.
        const value = openssl(['pkeyutl', '-sign', '-inkey', key, '-pkeyopt', 'digest:sha256'], Buffer.from(line, 'hex'));
        process.stdout.write(`${(kind === 'rsa' ? value : pair(value)).toString('hex')}\n`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** r and s of a DER value, 32 bytes each. */
function pair(der: Buffer): Buffer {
  const length = der[3] ?? 0;
  const fixed = (value: Buffer): Buffer => Buffer.concat([Buffer.alloc(32), value]).subarray(-32);
  return Buffer.concat([fixed(der.subarray(4, 4 + length)), fixed(der.subarray(6 + length))]);
}

if (process.argv[1] === import.meta.filename) await serve(process.argv[2] ?? 'p256');
