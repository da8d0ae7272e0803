import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect, subscribe } from './support/client.ts';
import { startPlatform, type Platform } from './support/platform.ts';

type Line = Record<string, any>;
const INFO = 30;
const DEBUG = 20;

describe('the log of operations', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform('over HTTP');
  });
  beforeEach(() => void (platform.log.length = 0));
  afterAll(() => platform.stop());

  const lines = (): Line[] => platform.log.map((line) => JSON.parse(line) as Line).filter(({ msg }) => msg === 'operation');

  it('has a line for a read, at debug: what, who, from where, how it ended, how long it took and how many fetches', async () => {
    const { headers } = await platform.ask('query Mine { me { name things { title } } }', { token: platform.issuer.issue({ subject: 'u1' }) });
    expect(lines()).toEqual([
      expect.objectContaining({ level: DEBUG, requestId: headers.get('x-request-id'), operation: 'query', operationName: 'Mine', actor: 'user', actorId: 'u1', organizationId: 'org1', clientAddress: '127.0.0.1', status: 200, outcome: 'ok', fetches: 2, durationMs: expect.any(Number) }),
    ]);
    expect(lines()[0]).not.toHaveProperty('codes');
  });

  it('has a line for an act, at info', async () => {
    await platform.ask('mutation Touch { touch(id: "t1") { id } }');
    expect(lines()).toEqual([expect.objectContaining({ level: INFO, operation: 'mutation', operationName: 'Touch', actor: 'anonymous', outcome: 'ok', fetches: 1 })]);
  });

  it('has a line for whatever ends in an error, at info, with the codes that left', async () => {
    await platform.ask('{ users { id email } }');
    await platform.ask('{ nothing }');
    await platform.ask('{ users { id } }', { token: 'not-a-token' });
    await platform.ask('{ leaking }');
    expect(lines().map(({ level, outcome, status, codes, fetches }) => ({ level, outcome, status, codes, fetches }))).toEqual([
      { level: INFO, outcome: 'partial', status: 200, codes: ['UNAUTHORIZED_FIELD_OR_TYPE'], fetches: 1 },
      { level: INFO, outcome: 'refused', status: 400, codes: ['GRAPHQL_VALIDATION_FAILED'], fetches: 0 },
      { level: INFO, outcome: 'refused', status: 401, codes: ['UNAUTHENTICATED'], fetches: 0 },
      { level: INFO, outcome: 'partial', status: 200, codes: ['INTERNAL'], fetches: 1 },
    ]);
  });

  it('has a line for an operation on a socket, and one for a subscription when it is over, with its events', async () => {
    const client = connect(platform.gateway.subscriptionUrl);
    const asked = subscribe(client, '{ users { id } }');
    await expect.poll(asked.over).toBe('complete');
    const { events, leave } = subscribe(client, 'subscription Counting { counted { value } }');
    await expect.poll(() => platform.ticker.readers()).toBe(1);
    platform.ticker.tick(1);
    platform.ticker.tick(2);
    await expect.poll(() => events).toHaveLength(2);
    expect(lines()).toHaveLength(1);
    leave();
    await expect.poll(lines).toHaveLength(2);
    expect(lines()).toEqual([expect.objectContaining({ operation: 'query', outcome: 'ok', fetches: 1 }), expect.objectContaining({ level: INFO, operation: 'subscription', operationName: 'Counting', events: 2 })]);
    await client.dispose();
  });

  it('gives every other line of a request the id of the request', async () => {
    const { headers } = await platform.ask('{ leaking }', { headers: { 'x-request-id': 'req_mine' } });
    expect(headers.get('x-request-id')).toBe('req_mine');
    const unexpected = platform.log.map((line) => JSON.parse(line) as Line).filter(({ msg }) => msg === 'unexpected error');
    expect(unexpected.map(({ requestId }) => requestId)).toEqual(['req_mine']);
  });

  it('holds no token, no literal, no variable, no name of a person and no word of a header', async () => {
    const token = platform.issuer.issue({ subject: 'usr_1' });
    const headers = { 'user-agent': 'Agent-of-Tangeni', 'x-forwarded-for': '10.1.2.3', cookie: 'session=crumb' };
    await platform.ask('query Q($title: String!) { me { name email } rename: thing(id: "secret-literal") { id title } }', { token, headers, variables: { title: 'secret-variable', password: 'hunter2' } });
    await platform.ask('query Q($title: String!) { me { name email } thing(id: "secret-literal") { id } }', { token, headers, variables: { password: 'hunter2' } });
    await platform.ask('mutation { rename(id: "t1", title: "secret-literal") { id title } }', { token, headers });
    await platform.ask('mutation R($t: Int!) { rename(id: "t1", title: $t) { id } }', { token, headers, variables: { t: 'secret-variable' } });
    await platform.ask('{ me(secret-literal) }', { token: `${token}x`, headers });
    expect(lines()).toHaveLength(5);
    const told = lines().map((line) => JSON.stringify(line)).join('\n');
    for (const secret of [token.slice(0, 20), token.slice(-20), 'secret-literal', 'secret-variable', 'hunter2', 'Ndapewa', 'Tangeni', 'crumb', '10.1.2.3']) expect(told).not.toContain(secret);
  });

  it('keeps a long name of an operation short', async () => {
    await platform.ask(`query ${'N'.repeat(5_000)} { users { id } }`);
    expect(lines()[0]?.['operationName']).toBe('N'.repeat(100));
  });
});
