import { describe, expect, test } from 'vitest';
import { readFailure, type SmtpFailure } from '../src/domain/reply.ts';
import { nextAttemptAt, retryDelaysSeconds } from '../src/domain/schedule.ts';

describe('what a mail server answers', () => {
  test.each([
    ['no such mailbox', { responseCode: 550, command: 'RCPT TO', code: 'EENVELOPE' }, 'REFUSED'],
    ['message refused', { responseCode: 554, command: 'DATA', code: 'EMESSAGE' }, 'REFUSED'],
    ['mailbox busy', { responseCode: 450, command: 'RCPT TO', code: 'EENVELOPE' }, 'DEFERRED'],
    ['our password is wrong', { responseCode: 535, command: 'AUTH PLAIN', code: 'EAUTH' }, 'DEFERRED'],
    ['we may not send from here', { responseCode: 550, command: 'MAIL FROM', code: 'EENVELOPE' }, 'DEFERRED'],
    ['it is closing down', { responseCode: 421, command: 'CONN', code: 'EPROTOCOL' }, 'DEFERRED'],
    ['nobody is there', { code: 'ECONNECTION', command: 'CONN' }, 'UNREACHABLE'],
    ['silence before the message', { code: 'ETIMEDOUT', command: 'CONN' }, 'UNREACHABLE'],
    ['silence after the message', { code: 'ETIMEDOUT', command: 'CONN' }, 'INTERRUPTED', true],
    ['a refusal after the message', { responseCode: 452, command: 'DATA' }, 'DEFERRED', true],
    ['an address that is none', { code: 'EENVELOPE' }, 'REFUSED'],
  ] as readonly [string, Omit<SmtpFailure, 'message'>, string, boolean?][])('%s: %o is %s', (_what, failure, outcome, begun = false) => {
    expect(readFailure({ message: 'm', ...failure }, begun).outcome).toBe(outcome);
  });
});

describe('waiting between attempts', () => {
  const now = new Date('2026-03-01T00:00:00Z');
  test('grows from attempt to attempt', () => {
    const waits = retryDelaysSeconds.map((_, index) => nextAttemptAt(index + 1, now)!.getTime() - now.getTime());
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(new Set(waits).size).toBe(waits.length);
  });
  test('ends: after the last attempt nothing is due', () => {
    expect(nextAttemptAt(retryDelaysSeconds.length + 1, now)).toBeNull();
  });
});
