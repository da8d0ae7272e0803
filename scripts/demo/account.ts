import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LoginDocument, RegisterDocument } from '../../schema/__generated__/graphql.ts';
import { demoMembers } from '../platform/demo-members.ts';
import type { GraphClient } from './client.ts';

export interface Account {
  readonly graph: GraphClient;
  readonly name: string;
}

const demoPassword = async (directory: string): Promise<string | undefined> => {
  try {
    return (JSON.parse(await readFile(join(directory, 'secrets.json'), 'utf8')) as { demoPassword?: string }).demoPassword;
  } catch {
    return undefined;
  }
};

/** Signs in to the demo workspace of the platform on this machine; elsewhere founds an organization of its own. */
export const signIn = async (graph: GraphClient, directory: string): Promise<Account> => {
  const password = await demoPassword(directory);
  if (password) {
    const { login } = await graph.request(LoginDocument, { input: { email: demoMembers[0].email, password } });
    if (login.__typename === 'LoginSuccess') return { graph: graph.as(login.tokens.accessToken), name: login.user.name };
  }
  const input = { name: 'Helena Nangolo', email: `helena.${randomUUID().slice(0, 8)}@example.na`, password: randomBytes(18).toString('base64url'), organizationName: 'Namib Trading', idempotencyKey: randomUUID() };
  const { register } = await graph.request(RegisterDocument, { input });
  if (register.__typename !== 'RegisterSuccess') throw new Error(`No account could be made: ${register.message}`);
  return { graph: graph.as(register.tokens.accessToken), name: register.user.name };
};
