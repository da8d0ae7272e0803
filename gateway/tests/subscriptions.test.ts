import type { Client } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, subscribe } from './support/client.ts';
import { modes, startPlatform, type Platform } from './support/platform.ts';

const whole = 'subscription ($step: Int! = 1) { counted(step: $step) { value hidden thing { title owner { name email } } } }';

describe.each(modes)('subscriptions, subgraphs %s', (mode) => {
  let platform: Platform;
  const clients: Client[] = [];
  const open = (token?: string): Client => {
    const client = connect(platform.gateway.subscriptionUrl, token);
    clients.push(client);
    return client;
  };
  const listening = (readers = 1) => expect.poll(() => platform.ticker.readers()).toBe(readers);

  beforeEach(async () => {
    platform = await startPlatform(mode);
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.dispose()));
    await platform.stop();
  });

  it('completes every event with fields of the other subgraph', async () => {
    const { events } = subscribe(open(platform.issuer.issue({ scopes: ['count'] })), whole, { step: 2 });
    await listening();
    platform.ticker.tick(1);
    await expect.poll(() => events).toHaveLength(1);
    platform.ticker.tick(2);
    await expect.poll(() => events).toHaveLength(2);
    const thing = { title: 'Pen', owner: { name: 'Ndapewa', email: 'ndapewa@example.org' } };
    expect(events).toEqual([{ data: { counted: { value: 2, hidden: 200, thing } } }, { data: { counted: { value: 4, hidden: 400, thing } } }]);
  });

  it('never asks a source or another subgraph for what is refused, and says so with every event', async () => {
    const { events } = subscribe(open(), whole);
    await listening();
    platform.ticker.tick(7);
    await expect.poll(() => events).toHaveLength(1);
    expect(events[0]?.data).toEqual({ counted: { value: 7, hidden: null, thing: { title: 'Pen', owner: { name: 'Ndapewa', email: null } } } });
    expect(events[0]?.errors?.map(({ path, extensions }) => [path, extensions?.['code']])).toEqual([
      [['counted', 'hidden'], 'UNAUTHORIZED_FIELD_OR_TYPE'],
      [['counted', 'thing', 'owner', 'email'], 'UNAUTHORIZED_FIELD_OR_TYPE'],
    ]);
    expect(platform.sent()).not.toMatch(/hidden|email/);
  });

  it('answers a subscription that is refused as a whole once, and opens none', async () => {
    const { events, over } = subscribe(open(), 'subscription { watched { value } }');
    await expect.poll(over).toBe('complete');
    expect(events).toMatchObject([{ data: { watched: null }, errors: [{ path: ['watched'], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }] }]);
    expect(platform.sent()).toBe('');
  });

  it('opens a guarded subscription for somebody signed in', async () => {
    const { events } = subscribe(open(platform.issuer.issue()), 'subscription { watched { value } }');
    await listening();
    platform.ticker.tick(3);
    await expect.poll(() => events).toEqual([{ data: { watched: { value: 3 } } }]);
  });

  it('passes on the refusal of a subgraph', async () => {
    const { events, over } = subscribe(open(), 'subscription { refused { value } }');
    await expect.poll(over).toBe('complete');
    expect(events[0]?.errors?.[0]).toMatchObject({ message: 'This is not yours to watch.', extensions: { code: 'FORBIDDEN' } });
  });

  it('refuses a condition on the subscribed field by name', async () => {
    const { events, over } = subscribe(open(), 'subscription ($yes: Boolean!) { counted @include(if: $yes) { value } }', { yes: true });
    await expect.poll(over).not.toBeUndefined();
    expect(JSON.stringify([events, over()])).toContain('@include');
    expect(platform.ticker.readers()).toBe(0);
  });

  it('ends the source when the client leaves a quiet stream', async () => {
    const { leave } = subscribe(open(), whole);
    await listening();
    leave();
    await listening(0);
    await expect.poll(() => platform.things.sockets()).toBe(0);
  });

  it('ends the source when the socket of the client is gone', async () => {
    const client = open();
    subscribe(client, whole);
    subscribe(client, 'subscription { counted { value } }');
    await listening(2);
    client.terminate();
    await listening(0);
  });

  it('serves several streams and operations on one socket', async () => {
    const client = open(platform.issuer.issue());
    const first = subscribe(client, 'subscription { counted { value } }');
    const second = subscribe(client, 'subscription { counted(step: 10) { value } }');
    await listening(2);
    const query = subscribe(client, '{ me { name things { title } } }');
    await expect.poll(query.over).toBe('complete');
    const mutation = subscribe(client, 'mutation { rename(id: "t1", title: "Quill") { title } remove(id: "t1") }');
    await expect.poll(mutation.over).toBe('complete');
    platform.ticker.tick(1);
    await expect.poll(() => [first.events, second.events]).toEqual([[{ data: { counted: { value: 1 } } }], [{ data: { counted: { value: 10 } } }]]);
    expect(query.events).toEqual([{ data: { me: { name: 'Ndapewa', things: [{ title: 'Pen' }] } } }]);
    expect(mutation.events).toMatchObject([{ data: { rename: { title: 'Quill' }, remove: null }, errors: [{ path: ['remove'], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }] }]);
  });

  it('closes sockets with 1001 and ends sources when the gateway stops, without ending the streams as complete', async () => {
    const client = open();
    let closed: { code?: number } | undefined;
    client.on('closed', (event) => (closed = event as { code?: number }));
    const { events, over } = subscribe(client, whole);
    await listening();
    await platform.gateway.stop();
    await listening(0);
    await expect.poll(() => closed?.code).toBe(1001);
    expect([events, over()]).not.toContain('complete');
  });
});

describe('subscriptions over the network', () => {
  it('tells the subscriber when a subgraph goes, and serves again when it is back', async () => {
    const { createToys } = await import('./support/toys.ts');
    const { serveSubgraph } = await import('./support/subgraph.ts');
    const platform = await startPlatform('over HTTP');
    const client = connect(platform.gateway.subscriptionUrl);
    const broken = subscribe(client, 'subscription { counted { value } }');
    await expect.poll(() => platform.ticker.readers()).toBe(1);
    await platform.things.stop();
    await expect.poll(broken.over).toBe('complete');
    expect(broken.events.at(-1)?.errors?.[0]).toMatchObject({ message: expect.stringContaining('"things"'), extensions: { code: 'UNAVAILABLE', subgraph: 'things' } });

    const toys = createToys();
    const back = await serveSubgraph(toys.schemas.things, Number(new URL(platform.things.url).port));
    const again = subscribe(client, 'subscription { counted { value } }');
    await expect.poll(() => toys.ticker.readers()).toBe(1);
    toys.ticker.tick(9);
    await expect.poll(() => again.events).toEqual([{ data: { counted: { value: 9 } } }]);
    await client.dispose();
    await back.stop();
    await platform.stop();
  });

  it('shares one socket for each actor and closes it with the last stream', async () => {
    const platform = await startPlatform('over HTTP');
    const client = connect(platform.gateway.subscriptionUrl);
    const other = connect(platform.gateway.subscriptionUrl, platform.issuer.issue());
    const streams = [client, client, other].map((on) => subscribe(on, 'subscription { counted { value } }'));
    await expect.poll(() => platform.ticker.readers()).toBe(3);
    expect(platform.things.sockets()).toBe(2);
    expect(platform.things.seen.map(({ actor }) => actor.kind).sort()).toEqual(['anonymous', 'anonymous', 'user']);
    for (const { leave } of streams) leave();
    await expect.poll(() => platform.things.sockets()).toBe(0);
    await Promise.all([client.dispose(), other.dispose()]);
    await platform.stop();
  });
});
