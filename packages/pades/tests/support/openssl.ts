import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { run, type Workshop } from './tools.ts';

export interface OpensslCertificate {
  readonly pem: string;
  readonly key: string;
  readonly der: Buffer;
}

export interface Issuing {
  readonly key?: readonly string[];
  readonly extensions?: string;
  readonly issuer?: OpensslCertificate;
  readonly digest?: string;
  readonly days?: number;
}

const P_256 = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];

/** A certificate authority of the openssl program: a second opinion on every format. */
export class OpensslAuthority {
  readonly root: OpensslCertificate;
  readonly #workshop: Workshop;
  readonly #index: string[] = [];
  #serial = 0x1000;

  constructor(workshop: Workshop) {
    this.#workshop = workshop;
    const key = this.#key(P_256);
    const pem = workshop.file('', 'pem');
    const extensions = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign,digitalSignature'];
    this.#openssl('req', '-x509', '-key', key, '-subj', '/CN=openssl root', '-days', '3650', '-out', pem, '-config', workshop.file('[req]\ndistinguished_name=d\n[d]\n', 'cnf'), ...extensions);
    this.root = this.#certificate(pem, key);
  }

  issue(name: string, { key = P_256, extensions = '', issuer = this.root, digest = 'sha256', days = 365 }: Issuing = {}): OpensslCertificate {
    const keyFile = this.#key(key);
    const [request, pem] = [this.#workshop.file('', 'csr'), this.#workshop.file('', 'pem')];
    const config = this.#workshop.file('[req]\ndistinguished_name=d\n[d]\n', 'cnf');
    this.#openssl('req', '-new', '-key', keyFile, '-subj', `/CN=${name}`, '-config', config, '-out', request);
    const serial = (++this.#serial).toString(16);
    const validity = ['-days', String(days)];
    const extfile = this.#workshop.file(extensions, 'cnf');
    this.#openssl('x509', '-req', '-in', request, '-CA', issuer.pem, '-CAkey', issuer.key, '-set_serial', `0x${serial}`, `-${digest}`, ...validity, '-extfile', extfile, '-out', pem);
    this.#index.push(`V\t491231235959Z\t\t${serial.toUpperCase()}\tunknown\t/CN=${name} ${serial}`);
    return this.#certificate(pem, keyFile);
  }

  revoke({ der }: OpensslCertificate): void {
    const serial = new X509Certificate(der).serialNumber;
    const at = this.#index.findIndex((line) => line.split('\t')[3] === serial);
    this.#index[at] = (this.#index[at] ?? '').replace(/^V\t(\S+)\t/, 'R\t$1\t260101000000Z');
  }

  timestamp(digest: Uint8Array, tsa = this.issue('tsa', { extensions: 'extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature' })): Buffer {
    const [query, token] = [this.#workshop.file('', 'tsq'), this.#workshop.file('', 'tst')];
    const policy = 'default_policy=1.2.3.4.1\ndigests=sha256,sha384,sha512\nsigner_digest=sha256\ness_cert_id_chain=no\ness_cert_id_alg=sha256';
    const config = this.#workshop.file(`[tsa]\ndefault_tsa=t\n[t]\nserial=${this.#workshop.file('01', 'srl')}\n${policy}\n`, 'cnf');
    this.#openssl('ts', '-query', '-digest', Buffer.from(digest).toString('hex'), '-sha256', '-cert', '-out', query);
    this.#openssl('ts', '-reply', '-config', config, '-queryfile', query, '-signer', tsa.pem, '-inkey', tsa.key, '-token_out', '-out', token);
    return this.#workshop.read(token);
  }

  /** The time-stamp information of one token, signed again by whoever: openssl itself refuses to make such a token. */
  stampedBy(signer: OpensslCertificate, information: Buffer): Buffer {
    const out = this.#workshop.file('', 'der');
    const content = ['-nodetach', '-econtent_type', '1.2.840.113549.1.9.16.1.4', '-in', this.#workshop.file(information, 'bin')];
    this.#openssl('cms', '-sign', '-binary', '-cades', ...content, '-signer', signer.pem, '-inkey', signer.key, '-outform', 'DER', '-out', out);
    return this.#workshop.read(out);
  }

  ocsp(about: OpensslCertificate, responder = this.root): Buffer {
    const answer = this.#workshop.file('', 'ors');
    const who = ['-index', this.#indexFile(), '-rsigner', responder.pem, '-rkey', responder.key, '-CA', this.root.pem];
    this.#openssl('ocsp', ...who, '-issuer', this.root.pem, '-cert', about.pem, '-ndays', '7', '-noverify', '-respout', answer);
    return this.#workshop.read(answer);
  }

  crl(): Buffer {
    const [crl, pem] = [this.#workshop.file('', 'crl'), this.#workshop.file('', 'pem')];
    const config = this.#workshop.file(`[ca]\ndefault_ca=c\n[c]\ndatabase=${this.#indexFile()}\nunique_subject=no\ndefault_md=sha256\ndefault_crl_days=7\n`, 'cnf');
    this.#openssl('ca', '-gencrl', '-config', config, '-keyfile', this.root.key, '-cert', this.root.pem, '-out', pem);
    this.#openssl('crl', '-in', pem, '-outform', 'DER', '-out', crl);
    return this.#workshop.read(crl);
  }

  #indexFile(): string {
    return this.#workshop.file(this.#index.map((line) => `${line}\n`).join(''), 'txt');
  }

  #key(how: readonly string[]): string {
    const key = this.#workshop.file('', 'key');
    this.#openssl('genpkey', ...how, '-out', key);
    return key;
  }

  #certificate(pem: string, key: string): OpensslCertificate {
    const { raw } = new X509Certificate(this.#workshop.read(pem));
    return { pem, key, der: raw };
  }

  #openssl(...args: readonly string[]): void {
    const { code, output } = run('openssl', args);
    if (code !== 0) throw new Error(`openssl ${args[0]} failed: ${output}`);
  }
}

/** Writes certificates as one PEM file and returns its path. */
export function pemFile(workshop: Workshop, ...certificates: readonly Uint8Array[]): string {
  const path = workshop.file('', 'pem');
  writeFileSync(path, certificates.map((der) => new X509Certificate(der).toString()).join(''));
  return path;
}
