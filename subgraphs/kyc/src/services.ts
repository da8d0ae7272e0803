import { createHmac } from 'node:crypto';
import { seal, type ServiceSource } from '@buffrsign/kernel';
import type { Database } from './database.ts';

export interface Services {
  /** Encrypts what a document says, for the database. */
  seal(text: string): string;
  /** Tells the same input again without keeping it: a plain hash of an identity number could be guessed back. */
  fingerprint(input: unknown): string;
}

export const createServices = ({ kernel: { dataKey } }: ServiceSource<Database, undefined>): Services => ({
  seal: (text) => seal(text, dataKey),
  fingerprint: (input) => createHmac('sha256', dataKey).update(JSON.stringify(input)).digest('hex'),
});
