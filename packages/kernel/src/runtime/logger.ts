import { scopeForLog } from '../telemetry/scope.ts';
import { pino, type Logger as PinoLogger, type DestinationStream } from 'pino';

/** Structured log: JSON lines. What identifies a person or opens a door is redacted before it is written. */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'child' | 'isLevelEnabled'>;

const secrets = ['password', 'token', 'refreshToken', 'accessToken', 'authorization', 'secret'];
/** What Postgres adds to an error: the very values of a row. */
const valuesOfRows = ['err.detail', 'err.where', 'err.internalQuery', 'err.cause.detail', 'err.cause.where', 'err.meta'];

export const createLogger = (name: string, level: string, destination?: DestinationStream): Logger => {
  const options = {
    name,
    level,
    redact: { paths: [...secrets.flatMap((key) => [key, `*.${key}`]), ...valuesOfRows], censor: '[redacted]' },
    // Asked for each line that is written: whoever logs need not know for whom they work.
    mixin: scopeForLog,
  };
  return destination ? pino(options, destination) : pino(options);
};
