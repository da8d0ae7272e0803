import { demoMembers } from './demo-members.ts';
import type { RunningPlatform } from './platform.ts';

export const demoOrganization = 'Kalahari Legal';

export interface DemoWorkspace {
  readonly organizationName: string;
  readonly members: readonly { readonly name: string; readonly email: string; readonly password: string; readonly role: string }[];
}

/** The demo workspace, seeded once: seeding again changes nothing. */
export const seedDemo = async (platform: RunningPlatform, password: string): Promise<DemoWorkspace> => {
  const demo = { organizationName: demoOrganization, members: demoMembers.map((member) => ({ ...member, password })) };
  const { seedDemo: seed } = await import('@buffrsign/auth/seed');
  await seed(platform.parts.get('auth')!.tools as never, demo);
  return demo;
};
