import type * as LanguageCommon from '@zxcvbn-ts/language-common';
import { createRequire } from 'node:module';
import { z } from 'zod';

/** NIST SP 800-63B: length counts, composition rules do not; what attackers try first is refused. */
const SHORTEST = 12;
/** Far longer than anybody types; bounds the work that a stranger can cause. */
export const LONGEST_PASSWORD = 200;
/** Name parts shorter than this are in too many good passwords by chance. */
const SHORTEST_NAME_PART = 4;

const require = createRequire(import.meta.url);
let common: ReadonlySet<string> | undefined;

/** Read when the first password is chosen: the list takes twenty megabytes, and most processes that start never see one. */
const commonPasswords = (): ReadonlySet<string> => {
  if (!common) {
    const { dictionary } = require('@zxcvbn-ts/language-common') as typeof LanguageCommon;
    common = new Set(dictionary['passwords-common'].map(String));
  }
  return common;
};

/** Without digits and punctuation around it: `Password1234!` is still `password`. */
const coreOf = (password: string): string => password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

/** `abcabcabcabc`, `aaaaaaaaaaaa`: one short piece over and over. */
const isRepetition = (password: string): boolean => (password + password).indexOf(password, 1) < password.length;

/** `123456789012`, `abcdefghijkl`: every character the next one, or the one before. */
const isSequence = (password: string): boolean => {
  const steps = [...password].slice(1).map((character, index) => character.codePointAt(0)! - password.codePointAt(index)!);
  return [1, -1].some((step) => steps.every((taken) => taken === step || taken === -9 * step));
};

/** Whether a password is among those that are tried first. */
export const isCommon = (password: string): boolean => {
  const lower = password.toLowerCase();
  const core = coreOf(lower);
  const known = commonPasswords();
  // Few characters around a common word do not make it a good one; many do.
  return known.has(lower) || (known.has(core) && core.length * 2 >= lower.length) || isRepetition(lower) || isSequence(lower);
};

const containsName = (password: string, email: string): boolean => {
  const name = email.slice(0, email.lastIndexOf('@')).toLowerCase();
  const parts = [name, ...name.split(/[^\p{L}\p{N}]+/u)].filter((part) => part.length >= SHORTEST_NAME_PART);
  return parts.some((part) => password.toLowerCase().includes(part));
};

/** A password that an account with this address may have. */
export const newPassword = (email: string) =>
  z
    .string()
    .min(SHORTEST, `A password has at least ${SHORTEST} characters. A few words together are easy to keep in mind.`)
    .max(LONGEST_PASSWORD, `A password has at most ${LONGEST_PASSWORD} characters.`)
    .refine((password) => password.length < SHORTEST || !isCommon(password), 'This password is among the first that are tried. Choose another one.')
    .refine((password) => password.length < SHORTEST || !containsName(password, email), 'A password must not contain the name in your e-mail address.');
