import { until } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { envelopeCompleted, sealingProgressed } from '../src/events.ts';
import { enqueueSealing } from '../src/tasks/definitions.ts';
import { sealEnvelope } from '../src/use-cases/index.ts';
import { aRecipient, startDesk, type Desk, type Shown } from './support/desk.ts';
import { errorAt, steps, withFaults, type Step } from './support/faulty.ts';
import * as operations from './support/operations.ts';

let desk: Desk;
let at: (step: Step) => Promise<void> = () => Promise.resolve();
beforeAll(async () => {
  desk = await startDesk({ definition: withFaults({ at: (step) => at(step) }) });
});
beforeEach(() => {
  at = () => Promise.resolve();
});
afterAll(() => desk.stop());

const states = async (id: string) => (await desk.graph.said(sealingProgressed)).filter((fact) => fact.subject === id).map(({ data }) => data.state);
const completions = async (id: string) => (await desk.graph.said(envelopeCompleted)).filter((fact) => fact.subject === id).length;
const waiting = (id: string) =>
  until('the sealing to wait', async () => {
    const shown = await desk.show(id);
    return shown.sealing?.state === 'WAITING' && shown;
  });
/** The next attempt now instead of in some seconds, as the queue will do it. */
const retry = (id: string) => desk.graph.tools.transaction((tx) => enqueueSealing(tx, id));
const signedByAll = async (): Promise<Shown> => {
  const envelope = await desk.sent();
  await desk.allSign(envelope);
  return envelope;
};

describe('sealing', () => {
  test.each(steps)('that fails at the step “%s” says why, waits, and ends well when the fault is gone', async (broken) => {
    at = (step) => (step === broken ? Promise.reject(errorAt(broken)) : Promise.resolve());
    const { id } = await signedByAll();
    const shown = await waiting(id);
    expect(shown).toMatchObject({ state: 'SIGNED', sealedDocument: null });
    expect(shown.sealing!.reason).toBe(broken === 'read' || broken === 'put' ? 'The file store cannot be used right now.' : 'The keys cannot be used.');

    at = () => Promise.resolve();
    await retry(id);
    const done = await desk.completed(id);
    expect(done.sealing).toEqual({ state: 'SEALED', reason: null, attempts: 2 });
    expect(await completions(id)).toBe(1);
    expect(await states(id)).toEqual(['QUEUED', 'STAMPING', ...(broken === 'sign' || broken === 'put' ? ['SIGNING'] : []), 'WAITING', 'STAMPING', 'SIGNING', 'SEALED']);
  });

  test('that fails leaves its next attempt with the queue by itself', async () => {
    at = (step) => (step === 'sign' ? Promise.reject(errorAt('sign')) : Promise.resolve());
    const { id } = await signedByAll();
    await waiting(id);
    const [job] = await desk.graph.tools.db.$queryRaw<{ run_at: Date; attempts: number; max_attempts: number }[]>`select run_at, attempts, max_attempts from graphile_worker.jobs where key = ${`seal:${id}`}`;
    expect(job).toMatchObject({ attempts: 0, max_attempts: 32_000 });
    expect(job!.run_at.getTime()).toBeGreaterThan(Date.now());
  });

  test('of which nobody knows why it fails shows no inside', async () => {
    at = (step) => (step === 'stamp' ? Promise.reject(new Error('ENOENT /var/secret')) : Promise.resolve());
    const { id } = await signedByAll();
    expect((await waiting(id)).sealing!.reason).toBe('Something unexpected happened. It is tried again.');
  });

  test('by two workers at once gives one sealed PDF and is said once', async () => {
    let arrived = 0;
    const both = Promise.withResolvers<void>();
    at = async (step) => {
      if (step !== 'stamp') return;
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
    expect((await states(id)).filter((state) => state === 'SEALED')).toHaveLength(1);
  });

  test('by an attempt that was overtaken changes nothing any more, however that attempt ends', async () => {
    const stamping = Promise.withResolvers<void>();
    const signing = Promise.withResolvers<void>();
    let attempt = 0;
    let overtaken = false;
    at = async (step) => {
      if (step === 'stamp' && (attempt += 1) === 1) await stamping.promise;
      if (step === 'sign') {
        overtaken = true;
        await signing.promise;
      }
    };
    const { id } = await signedByAll();
    await until('the first attempt to be under way', () => attempt === 1);
    const second = sealEnvelope(desk.graph.tools, id);
    await until('the second attempt to have come further', () => overtaken);
    stamping.reject(errorAt('stamp'));
    await desk.graph.idle();
    expect((await desk.show(id)).sealing).toMatchObject({ state: 'SIGNING', attempts: 2 });
    signing.resolve();
    await second;
    await desk.completed(id);
    expect(await states(id)).toEqual(['QUEUED', 'STAMPING', 'STAMPING', 'SIGNING', 'SEALED']);
  });

  test('that is asked for again when it is done does nothing', async () => {
    const { id } = await signedByAll();
    const done = await desk.completed(id);
    await sealEnvelope(desk.graph.tools, id);
    expect(await desk.show(id)).toEqual(done);
    expect(await completions(id)).toBe(1);
  });

  test('cannot be called off: what all have signed nobody takes back', async () => {
    at = (step) => (step === 'stamp' ? Promise.reject(errorAt('stamp')) : Promise.resolve());
    const { id } = await signedByAll();
    await waiting(id);
    expect(await desk.ask(desk.member, operations.VOID, { id, reason: 'Too late', idempotencyKey: 'late' })).toMatchObject({ __typename: 'EnvelopeNotOpenError', state: 'SIGNED' });
  });
});

describe('a platform that cannot seal', () => {
  test('sends nothing', async () => {
    const { id } = await desk.draft([aRecipient('Ndapewa')]);
    const { engine } = desk.graph.tools.services;
    const check = engine.check;
    Object.assign(engine, { check: () => Promise.reject(new Error('no key')) });
    try {
      const { errors } = await desk.graph.as(desk.member)(operations.SEND, { input: { id, idempotencyKey: 'x' } });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAVAILABLE' });
      expect(await desk.show(id)).toMatchObject({ state: 'CREATED' });
    } finally {
      Object.assign(engine, { check });
    }
  });

  test('does not start', async () => {
    const broken = { ...withFaults({ at: (step) => (step === 'sign' ? Promise.reject(errorAt('sign')) : Promise.resolve()) }) };
    const { createPadesEngine } = await import('../src/sealing/pades-engine.ts');
    const unusable: typeof broken = { ...broken, services: async (source) => ({ ...(await broken.services!(source)), engine: createPadesEngine({ trustDirectory: '/dev/null/trust', now: () => new Date() }) }) };
    await expect(startDesk({ definition: unusable })).rejects.toThrow('keys or certificates');
  });
});
