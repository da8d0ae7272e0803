export type { Progress as EnvelopeProgressEventMapper } from '../use-cases/watch-envelope.ts';
