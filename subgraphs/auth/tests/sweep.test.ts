import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweep } from '../src/use-cases/index.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.graph.stop());

const counts = async () => {
  const { db } = world.graph.tools;
  return { throttles: await db.throttle.count(), links: await db.emailProof.count(), sessions: await db.session.count(), tokens: await db.refreshToken.count(), users: await db.user.count() };
};

test('sweeping deletes only what no longer decides anything, each thing after its own time', async () => {
  const person = await world.founder('Person');
  await world.login('person@example.na', 'wrong');
  await world.graph.idle();
  const all = { throttles: 1, links: 1, sessions: 1, tokens: 1, users: 1 };
  await sweep(world.graph.tools);
  expect(await counts()).toEqual(all);
  world.pass(2 * 86_400);
  await sweep(world.graph.tools);
  expect(await counts()).toEqual({ ...all, throttles: 0 });
  world.pass(9 * 86_400);
  await sweep(world.graph.tools);
  expect(await counts()).toEqual({ ...all, throttles: 0, links: 0 });
  expect((await world.refresh(person.tokens.refreshToken)).__typename).toBe('RefreshSessionSuccess');
  world.pass(121 * 86_400);
  await sweep(world.graph.tools);
  expect(await counts()).toEqual({ throttles: 0, links: 0, sessions: 0, tokens: 0, users: 1 });
});
