import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import type { Logger } from '@buffrsign/kernel/gateway';

/** The page for people who open the address of the graph: Apollo Sandbox, embedded. */
export type LandingPage = () => Promise<string>;

export const createLandingPage = async (log: Logger): Promise<LandingPage> => {
  // The plugin only asks where it runs; it needs no server around it.
  const started = await ApolloServerPluginLandingPageLocalDefault({ embed: true, footer: false }).serverWillStart?.({ logger: log } as never);
  const page = started && (await started.renderLandingPage?.());
  const html = page?.html ?? '';
  return async () => (typeof html === 'string' ? html : html());
};
