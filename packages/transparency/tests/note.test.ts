import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createMerkleTree, formatTlogProof, formatVerifierKey, hashLeaf, noteKey, parseCheckpoint, parseNote, parseTlogProof, parseVerifierKey, rawPublicKey, signCheckpoint, signNote, verifyInclusion, verifyNote } from '../src/index.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const key = noteKey('example.na/log', rawPublicKey(privateKey));
const root = hashLeaf(Buffer.from('entry'));
const note = signCheckpoint({ origin: 'example.na/log', size: 7, root }, privateKey);

describe('a note', () => {
  test('that others signed is verified with the key that they publish', () => {
    const theirs = parseVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    expect(verifyNote(parseNote(text), [theirs])).toMatchObject({ outcome: 'SIGNED', key: { name: 'PeterNeumann' } });
    expect(verifyNote(parseNote(text.replace('cryptography', 'Cryptography')), [theirs])).toMatchObject({ outcome: 'FORGED' });
    expect(parseVerifierKey('sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8').name).toBe('sum.golang.org');
  });

  test('is signed, read and verified; with another text, name or key it is not', () => {
    expect(verifyNote(parseNote(note), [key])).toMatchObject({ outcome: 'SIGNED' });
    expect(verifyNote(parseNote(note.replace('\n7\n', '\n8\n')), [key])).toMatchObject({ outcome: 'FORGED' });
    expect(verifyNote(parseNote(note), [noteKey('example.na/other', key.publicKey)])).toEqual({ outcome: 'UNKNOWN_KEY' });
    expect(verifyNote(parseNote(note), [noteKey('example.na/log', rawPublicKey(generateKeyPairSync('ed25519').privateKey))])).toEqual({ outcome: 'UNKNOWN_KEY' });
  });

  test('keeps its worth under further signatures of keys that are not known', () => {
    const other = generateKeyPairSync('ed25519').privateKey;
    const witnessed = `${note}${signNote(parseNote(note).text, 'witness.example', other).split('\n').at(-2)}\n`;
    expect(parseNote(witnessed).signatures).toHaveLength(2);
    expect(verifyNote(parseNote(witnessed), [key])).toMatchObject({ outcome: 'SIGNED' });
    const forged = witnessed.replace('witness.example', 'example.na/log');
    expect(verifyNote(parseNote(forged), [key])).toMatchObject({ outcome: 'SIGNED' });
  });

  test.each([
    ['without signatures', 'text\n'],
    ['without a text', '\n\n— a AAAAAAAA\n'],
    ['with a carriage return', note.replace('\n7', '\r\n7')],
    ['with a lone surrogate', note.replace('example', '\ud800')],
    ['that does not end its last line', note.slice(0, -1)],
    ['with a signature line of another dash', note.replace('—', '-')],
    ['with a signature that is not base64', note.replace(/ \S+\n$/, ' !!!!\n')],
    ['with base64 that is written in another way', note.replace(/=\n$/, '\n')],
    ['with a hundred signatures', note + note.split('\n').at(-2)!.concat('\n').repeat(100)],
    ['of a megabyte', `${'x'.repeat(1 << 20)}\n${note}`],
  ])('%s is refused', (_what, text) => {
    expect(() => parseNote(text)).toThrow(expect.objectContaining({ code: 'MALFORMED_NOTE' }));
  });
});

describe('a checkpoint', () => {
  test('is its origin, its size and its root', () => {
    expect(note.startsWith(`example.na/log\n7\n${root.toString('base64')}\n\n— example.na/log `)).toBe(true);
    expect(parseCheckpoint(note).checkpoint).toEqual({ origin: 'example.na/log', size: 7, root });
  });

  const of = (text: string) => signNote(text, 'a', privateKey);
  const good = root.toString('base64');
  test.each([
    ['a size with a leading zero', `o\n07\n${good}\n`],
    ['a negative size', `o\n-7\n${good}\n`],
    ['a size that no number holds', `o\n9007199254740993\n${good}\n`],
    ['a short root', 'o\n7\nAAAA\n'],
    ['no root', 'o\n7\n'],
    ['an empty line', `o\n7\n${good}\n\nx\n`],
  ])('with %s is refused', (_what, text) => {
    expect(() => parseCheckpoint(of(text))).toThrow(expect.objectContaining({ code: 'MALFORMED_NOTE' }));
  });
});

describe('a verifier key', () => {
  test('is one line that is read again', () => {
    expect(parseVerifierKey(formatVerifierKey(key))).toEqual(key);
  });
  test.each([
    ['of another key', formatVerifierKey(key).replace(/\+[0-9a-f]{8}\+/, '+00000000+')],
    ['of another kind', formatVerifierKey(key).replace(/\+A/, '+B')],
    ['cut off', formatVerifierKey(key).slice(0, -4)],
  ])('with an id %s is refused', (_what, text) => {
    expect(() => parseVerifierKey(text)).toThrow(expect.objectContaining({ code: 'MALFORMED_NOTE' }));
  });
  test('has no spaces and no plus in its name', () => {
    for (const name of ['', 'a b', 'a+b', 'a\u00a0b', 'a\nb']) expect(() => noteKey(name, key.publicKey)).toThrow(/name/);
  });
});

describe('a proof as text', () => {
  test('holds all that is needed to check one entry', () => {
    const tree = createMerkleTree();
    for (let index = 0; index < 11; index += 1) tree.append(hashLeaf(Buffer.of(index)));
    const checkpoint = signCheckpoint({ origin: 'example.na/log', size: 11, root: tree.root() }, privateKey);
    const text = formatTlogProof({ index: 4, proof: tree.inclusionProof(4), checkpoint, extra: Buffer.from('beside') });
    const read = parseTlogProof(text);
    const { checkpoint: { size, root: treeRoot } } = parseCheckpoint(read.checkpoint);
    expect(verifyInclusion({ leafHash: hashLeaf(Buffer.of(4)), index: read.index, size, root: treeRoot, proof: read.proof })).toBe(true);
    expect(read.extra).toEqual(Buffer.from('beside'));
    expect(parseTlogProof(formatTlogProof({ index: 0, proof: [], checkpoint }))).toEqual({ index: 0, proof: [], checkpoint });
  });
  test.each(['', 'c2sp.org/tlog-proof@v1\n\n', 'c2sp.org/tlog-proof@v2\nindex 1\n\nx', 'c2sp.org/tlog-proof@v1\nindex 01\n\nx', 'c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nx'])('is refused when it is %j', (text) => {
    expect(() => parseTlogProof(text)).toThrow(expect.objectContaining({ code: 'MALFORMED_NOTE' }));
  });
});
