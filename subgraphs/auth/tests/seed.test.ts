import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memberJoined } from '../src/events.ts';
import { seedDemo } from '../src/seed.ts';
import { PASSWORD, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.graph.stop());

const demo = {
  organizationName: 'Kalahari Legal',
  members: [
    { name: 'Ndapewa Shilongo', email: 'Ndapewa@kalahari.example', password: PASSWORD, role: 'OWNER' },
    { name: 'Tangeni Iipinge', email: 'tangeni@kalahari.example', password: PASSWORD, role: 'MEMBER' },
  ],
};
const everything = async () => {
  const { db } = world.graph.tools;
  return JSON.stringify([await db.organization.findMany(), await db.user.findMany(), await db.membership.findMany(), await db.invitation.findMany(), await db.session.findMany()]);
};

describe('the demo organization', () => {
  test('has its members, who can sign in with the passwords given, and leaves no session open', async () => {
    await seedDemo(world.graph.tools, demo);
    expect((await world.graph.said(memberJoined)).map(({ data }) => [data.name, data.role])).toEqual([['Ndapewa Shilongo', 'OWNER'], ['Tangeni Iipinge', 'MEMBER']]);
    expect(await world.graph.tools.db.session.count({ where: { endedAt: null } })).toBe(0);
    const [owner, member] = [await world.login('ndapewa@kalahari.example'), await world.login('tangeni@kalahari.example')];
    expect([owner.organization.roleId, member.organization.roleId]).toEqual(['OWNER', 'MEMBER']);
    expect(member.organization.id).toBe(owner.organization.id);
  });

  test('is not changed by seeding again', async () => {
    const before = await everything();
    await seedDemo(world.graph.tools, demo);
    expect(await everything()).toBe(before);
  });

  test('is finished by the next seeding when the first was ended in the middle', async () => {
    const third = { name: 'Hilma Amupolo', email: 'hilma@kalahari.example', password: PASSWORD, role: 'ADMIN' };
    const owner = await world.person(await world.login('ndapewa@kalahari.example'));
    await world.invite(owner, third.email, third.role);
    await seedDemo(world.graph.tools, { ...demo, members: [...demo.members, third] });
    expect((await world.login('hilma@kalahari.example')).organization.roleId).toBe('ADMIN');
  });

  test('is refused with the reason when a password would be', async () => {
    await expect(seedDemo(world.graph.tools, { organizationName: 'X', members: [{ ...demo.members[0]!, email: 'x@kalahari.example', password: 'short' }] })).rejects.toThrow('at least 12 characters');
  });
});
