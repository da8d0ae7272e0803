import type { SignatureLevel } from '../__generated__/prisma/enums.ts';

/** Levels in the words of the standard, from the lowest. */
export const levelNames = { B_B: 'B-B', B_T: 'B-T', B_LT: 'B-LT', B_LTA: 'B-LTA' } as const satisfies Record<SignatureLevel, string>;

export type LevelName = (typeof levelNames)[SignatureLevel];

export const levelOf = (name: LevelName): SignatureLevel => name.replace('-', '_') as SignatureLevel;

/** Whether signatures of a level carry a timestamp each. */
export const needsTimestamp = (level: SignatureLevel): boolean => level !== 'B_B';

/** Whether a level needs answers about revocation. */
export const needsRevocation = (level: SignatureLevel): boolean => level === 'B_LT' || level === 'B_LTA';
