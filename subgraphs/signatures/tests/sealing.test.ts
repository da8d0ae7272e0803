import { until } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { envelopeCompleted, sealingProgressed } from '../src/events.ts';
import { enqueueSealing } from '../src/tasks/definitions.ts';
import { sealEnvelope, sweepSealings } from '../src/use-cases/index.ts';
import { aRecipient, startDesk, type Desk, type Shown } from './support/desk.ts';
import { errorAt, reasonAt, steps, withFaults, type Step } from './support/faulty.ts';
import * as operations from './support/operations.ts';

let desk: Desk;
let at: (step: Step) => Promise<void> = () => Promise.resolve();
beforeAll(async () => {
  desk = await startDesk({ definition: withFaults({ at: (step) => at(step) }) });
  // Its document is in the store before anything there is made to fail.
  await desk.draft();
});
beforeEach(async () => {
  at = () => Promise.resolve();
  // What an earlier test left to be tried again is not tried in the middle of the next.
  await desk.graph.tools.db.$queryRaw`select count(graphile_worker.remove_job(key)) as gone from graphile_worker.jobs where key like 'seal:%'`;
});
afterAll(() => desk.stop());

const broken = (step: Step) => (other: Step) => (other === step ? Promise.reject(errorAt(step)) : Promise.resolve());
const states = async (id: string) => (await desk.graph.said(sealingProgressed)).filter((fact) => fact.subject === id).map(({ data }) => data.state);
const completions = async (id: string) => (await desk.graph.said(envelopeCompleted)).filter((fact) => fact.subject === id).length;
/** As it is shown while it waits: a row that waits may be under way again when it is looked at once more. */
const waiting = (id: string): Promise<Shown> =>
  until(
    'the sealing to wait',
    async () => {
      const shown = await desk.show(id);
      return shown.sealing?.state === 'WAITING' && shown;
    },
    60_000,
  );
const rows = (envelopeId: string) => desk.graph.tools.db.sealingStep.findMany({ where: { envelopeId }, orderBy: { position: 'asc' } });
/** The next attempt now instead of in some seconds, as the queue will do it. */
const retry = (id: string) => desk.graph.tools.transaction((tx) => enqueueSealing(tx, id));
/** Sent, with the seal in place: the one job there then is the one that the signature leaves. */
const signedByAll = async (recipients?: readonly object[]): Promise<Shown> => {
  const envelope = await desk.sent(recipients);
  await desk.graph.idle();
  await desk.allSign(envelope);
  return envelope;
};

describe('sealing', { timeout: 120_000 }, () => {
  test('appends one revision after the other, each to the file of the one before, each once', async () => {
    const { id, recipients } = await signedByAll([aRecipient('Hilma'), aRecipient('Paulus', 2)]);
    const { sealedDocument } = await desk.completed(id);
    const done = await rows(id);
    expect(done.map(({ kind, recipientId, attempts }) => [kind, recipientId, attempts])).toEqual([
      ['BASE', null, 1],
      ['SEAL', null, 1],
      ['SIGNER', recipients[0]!.id, 1],
      ['SIGNER', recipients[1]!.id, 1],
      ['LTV', null, 1],
      ['ARCHIVE', null, 1],
    ]);
    const { documentSha256 } = await desk.graph.tools.db.envelope.findUniqueOrThrow({ where: { id } });
    expect(done.map(({ previousSha256 }) => previousSha256)).toEqual([documentSha256, ...done.slice(0, -1).map(({ sha256 }) => sha256)]);
    expect(done.at(-1)!.sha256).toBe(sealedDocument!.sha256);
    const files = await Promise.all(done.map(({ sha256 }) => desk.graph.tools.services.files.readAll(desk.member.organizationId, sha256!)));
    for (const [index, file] of files.slice(1).entries()) expect(Buffer.compare(file.subarray(0, files[index]!.length), files[index]!)).toBe(0);
  });

  test('begins when the envelope is sent, and stands ready for the first signature before anybody signs', async () => {
    const { id, sealing } = await desk.sent();
    expect(sealing).toMatchObject({ signaturesExpected: 1, signaturesApplied: 0, levelRequired: 'B_LTA', levelReached: null });
    await until('the seal to be there', async () => (await rows(id)).every(({ doneAt }) => doneAt));
    expect((await desk.show(id)).sealing).toMatchObject({ state: 'SIGNING', reason: null, nextAttemptAt: null });
    expect(await states(id)).toEqual(['PREPARING', 'STAMPING', 'SIGNING']);
  });

  test('shows every state and every signature as it comes', async () => {
    const { id } = await signedByAll();
    const done = await desk.completed(id);
    expect(done.sealing).toMatchObject({ state: 'SEALED', reason: null, attempts: 1, signaturesApplied: 1, levelRequired: 'B_LTA', levelReached: 'B_LTA', timestampAuthority: expect.stringContaining('TEST') });
    expect(await states(id)).toEqual(['PREPARING', 'STAMPING', 'SIGNING', 'SIGNING', 'TIMESTAMPING', 'SEALED']);
  });

  test.each(steps)('that fails at “%s” says why, waits while others sign, and ends well when the fault is gone', async (step) => {
    at = broken(step);
    const { id } = await signedByAll();
    const shown = await waiting(id);
    expect(shown).toMatchObject({ state: 'SIGNED', sealedDocument: null, sealing: { reason: reasonAt(step), nextAttemptAt: expect.any(String) } });

    at = () => Promise.resolve();
    await retry(id);
    const done = await desk.completed(id);
    expect(done.sealing).toMatchObject({ state: 'SEALED', reason: null, nextAttemptAt: null, levelReached: 'B_LTA' });
    expect(await completions(id)).toBe(1);
    expect((await rows(id)).every(({ doneAt, claim }) => doneAt && claim === null)).toBe(true);
  });

  test('that fails leaves its next attempt with the queue by itself', async () => {
    at = broken('sign');
    const { id } = await signedByAll();
    const { sealing } = await waiting(id);
    const [job] = await desk.graph.tools.db.$queryRaw<{ run_at: Date; attempts: number; max_attempts: number }[]>`select run_at, attempts, max_attempts from graphile_worker.jobs where key = ${`seal:${id}`}`;
    expect(job).toMatchObject({ attempts: 0, max_attempts: 32_000, run_at: new Date(sealing!.nextAttemptAt!) });
    expect(job!.run_at.getTime()).toBeGreaterThan(Date.now());
  });

  test('of which nobody knows why it fails shows no inside', async () => {
    at = (step) => (step === 'layOut' ? Promise.reject(new Error('ENOENT /var/secret')) : Promise.resolve());
    const { id } = await desk.sent();
    expect((await waiting(id)).sealing!.reason).toBe('Something unexpected happened. It is tried again.');
  });

  test('by two workers at once makes each step once and is said once', async () => {
    let arrived = 0;
    const both = Promise.withResolvers<void>();
    at = async (step) => {
      if (step !== 'sign') return;
      arrived += 1;
      if (arrived === 2) both.resolve();
      await both.promise;
    };
    const { id } = await signedByAll();
    await until('the first attempt to be under way', () => arrived === 1);
    await sealEnvelope(desk.graph.tools, id);
    await desk.completed(id);
    await desk.graph.idle();
    expect(await completions(id)).toBe(1);
    expect((await rows(id)).map(({ kind }) => kind)).toEqual(['BASE', 'SEAL', 'SIGNER', 'LTV', 'ARCHIVE']);
    expect((await desk.show(id)).sealing).toMatchObject({ signaturesApplied: 1 });
    expect((await states(id)).filter((state) => state === 'SEALED')).toHaveLength(1);
  });

  test('by an attempt that was overtaken changes nothing any more, however that attempt ends', async () => {
    const first = Promise.withResolvers<void>();
    const second = Promise.withResolvers<void>();
    let attempt = 0;
    at = async (step) => {
      if (step === 'sign') await ((attempt += 1) === 1 ? first : second).promise;
    };
    const { id } = await signedByAll();
    await until('the first attempt to be under way', () => attempt === 1);
    const overtaking = sealEnvelope(desk.graph.tools, id);
    await until('the second attempt to be under way', () => attempt === 2);
    first.reject(errorAt('sign'));
    await desk.graph.idle();
    expect((await desk.show(id)).sealing).toMatchObject({ state: 'SIGNING', reason: null, attempts: 2 });
    second.resolve();
    await overtaking;
    await desk.completed(id);
    expect(await states(id)).toEqual(['PREPARING', 'STAMPING', 'SIGNING', 'SIGNING', 'TIMESTAMPING', 'SEALED']);
  });

  test('that is asked for again when it is done does nothing', async () => {
    const { id } = await signedByAll();
    const done = await desk.completed(id);
    await sealEnvelope(desk.graph.tools, id);
    expect(await desk.show(id)).toEqual(done);
    expect(await completions(id)).toBe(1);
  });

  test('cannot be called off once all have signed: nobody takes that back', async () => {
    at = broken('sign');
    const { id } = await signedByAll();
    await waiting(id);
    expect(await desk.ask(desk.member, operations.VOID, { id, reason: 'Too late', idempotencyKey: 'late' })).toMatchObject({ __typename: 'EnvelopeNotOpenError', state: 'SIGNED' });
  });
});

describe('an envelope that ends early', () => {
  test('ends its sealing, also one that waits, and is never sealed', async () => {
    at = broken('seal');
    const { id } = await desk.sent();
    await waiting(id);
    await desk.ask(desk.member, operations.VOID, { id, reason: 'Another one follows', idempotencyKey: `void ${id}` });
    at = () => Promise.resolve();
    await retry(id);
    await desk.graph.idle();
    expect(await desk.show(id)).toMatchObject({ state: 'VOIDED', sealedDocument: null, sealing: { state: 'ENDED', reason: null, nextAttemptAt: null } });
    expect((await states(id)).at(-1)).toBe('ENDED');
  });

  test('is left alone by the attempt that is under way', async () => {
    const sealing = Promise.withResolvers<void>();
    let arrived = false;
    at = async (step) => {
      if (step !== 'seal') return;
      arrived = true;
      await sealing.promise;
    };
    const { id } = await desk.sent();
    await until('the seal to be under way', () => arrived);
    await desk.ask(desk.member, operations.VOID, { id, reason: 'Another one follows', idempotencyKey: `void ${id}` });
    sealing.resolve();
    await desk.graph.idle();
    expect((await desk.show(id)).sealing).toMatchObject({ state: 'ENDED' });
    expect((await rows(id)).map(({ kind, doneAt }) => [kind, doneAt !== null])).toEqual([['BASE', true], ['SEAL', false]]);
  });

  test('by a refusal after the first signature has that signature in no sealed PDF', async () => {
    const { id, recipients } = await desk.sent([aRecipient('A', 1), aRecipient('B', 2)]);
    await desk.sign(await desk.enter(recipients[0]!.id));
    await until('the first signature to be appended', async () => (await desk.show(id)).sealing?.signaturesApplied === 1);
    await desk.ask(await desk.enter(recipients[1]!.id), operations.DECLINE, { reason: 'No', idempotencyKey: 'no' });
    expect(await desk.show(id)).toMatchObject({ state: 'DECLINED', sealedDocument: null, sealing: { state: 'ENDED', signaturesApplied: 1 } });
    expect(await completions(id)).toBe(0);
  });
});

describe('whatever happens to its surroundings', { timeout: 120_000 }, () => {
  test('a sealing whose job was lost is found by the sweep, and only that', async () => {
    at = broken('sign');
    const { id } = await signedByAll();
    await waiting(id);
    const { db } = desk.graph.tools;
    await sweepSealings(desk.graph.tools);
    const untouched = await db.$queryRaw<{ run_at: Date }[]>`select run_at from graphile_worker.jobs where key = ${`seal:${id}`}`;
    expect(untouched[0]!.run_at.getTime()).toBeGreaterThan(Date.now());

    at = () => Promise.resolve();
    await db.$queryRaw`select 1 as gone from graphile_worker.remove_job(${`seal:${id}`})`;
    await sweepSealings(desk.graph.tools);
    expect((await desk.completed(id)).sealing).toMatchObject({ state: 'SEALED', levelReached: 'B_LTA' });
  });

  test('a sealing goes on when Postgres broke every connection in the middle of a step', async () => {
    const held = Promise.withResolvers<void>();
    let arrived = false;
    at = async (step) => {
      if (step !== 'sign') return;
      arrived = true;
      await held.promise;
    };
    const { id } = await signedByAll();
    await until('the signature to be under way', () => arrived);
    await desk.graph.tools.db.$queryRaw`select count(pg_terminate_backend(pid)) as ended from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
    held.resolve();
    await desk.completed(id);
    expect(await completions(id)).toBe(1);
    expect((await rows(id)).map(({ kind }) => kind)).toEqual(['BASE', 'SEAL', 'SIGNER', 'LTV', 'ARCHIVE']);
  });
});
