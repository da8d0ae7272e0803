import { ACTOR_HEADER, anonymous, createTokenVerifier, mintActorToken, systemClock, type Actor } from '@buffrsign/kernel/gateway';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { readGatewayEnv, readSubgraphUrls } from '../../gateway/src/env.ts';

/**
 * Hive's gateway in the place of ours, by the same settings (gateway/README.md):
 *
 *   hive-gateway supergraph schema/supergraph.graphql --config-path scripts/portability/hive.config.ts
 *
 * docs/portability.md says what any other router has to do. Here it is done: who acts is read from the access token, the
 * authorization directives are enforced, every fetch and every socket to a subgraph carries an actor token, and
 * subscriptions go over the subgraphs' graphql-transport-ws.
 */
const { issuers, actorTokenSecret, supergraphPath } = readGatewayEnv(process.env);
const verify = createTokenVerifier(issuers, systemClock);

/** What of Hive's context is used here. */
interface Context {
  /** Of the request, or the payload of `connection_init`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly req?: IncomingMessage;
  readonly actor?: Actor;
}

const actorOf = async ({ headers }: Context): Promise<Actor> => {
  const token = /^bearer +(\S+)$/i.exec(headers?.['authorization'] ?? '')?.[1];
  return (token === undefined ? undefined : (await verify(token))?.actor) ?? anonymous;
};

const actorTokenOf = ({ actor = anonymous, headers, req }: Context): string =>
  mintActorToken(actor, actorTokenSecret, { ip: req?.socket.remoteAddress ?? null, userAgent: headers?.['user-agent']?.slice(0, 500) ?? null });

const names = [...readFileSync(supergraphPath, 'utf8').matchAll(/@join__graph\(name: "([^"]+)"/g)].map(([, name]) => name!);
const locations = Object.entries(readSubgraphUrls(names, process.env)).map(([name, url]) => [name, { location: url.replace(/^(https?:\/\/[^/]+)\/?$/, '$1/graphql') }]);

interface ContextBuilding {
  readonly context: Context;
  extendContext(more: object): void;
}

interface Fetching {
  readonly context?: Context;
  readonly options: { readonly headers?: Readonly<Record<string, string>> };
  setOptions(options: object): void;
}

export const gatewayConfig = {
  transportEntries: {
    ...Object.fromEntries(locations),
    // At the address of the subgraph itself, with a token made for this subscription.
    '*.http': { options: { subscriptions: { kind: 'ws', options: { connectionParams: { actor: '{context.actorToken}' } } } } },
  },
  genericAuth: {
    mode: 'protect-granular',
    rejectUnauthenticated: false,
    async resolveUserFn(context: Context) {
      const actor = await actorOf(context);
      return actor.kind === 'anonymous' ? undefined : actor;
    },
    extractScopes: (user?: { readonly scopes: readonly string[] }) => user?.scopes ?? [],
  },
  plugins: () => [
    {
      async onContextBuilding({ context, extendContext }: ContextBuilding) {
        const actor = await actorOf(context);
        extendContext({ actor, actorToken: actorTokenOf({ ...context, actor }) });
      },
      onFetch({ context, options, setOptions }: Fetching) {
        // A new token for each: a stream outlives them.
        setOptions({ ...options, headers: { ...options.headers, [ACTOR_HEADER]: actorTokenOf(context ?? {}) } });
      },
    },
  ],
};
