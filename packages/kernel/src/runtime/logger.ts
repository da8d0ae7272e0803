import { pino, type Logger as PinoLogger, type DestinationStream } from 'pino';

/** Structured log: JSON lines. What identifies a person or opens a door is redacted before it is written. */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'child'>;

const secrets = ['password', 'token', 'refreshToken', 'accessToken', 'authorization', 'secret'];

export const createLogger = (name: string, level: string, destination?: DestinationStream): Logger => {
  const options = { name, level, redact: { paths: secrets.flatMap((key) => [key, `*.${key}`]), censor: '[redacted]' } };
  return destination ? pino(options, destination) : pino(options);
};
