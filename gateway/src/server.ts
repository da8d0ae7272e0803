import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled, ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import type { Logger } from '@buffrsign/kernel/gateway';
import type { DocumentNode } from 'graphql';
import type { RequestContext } from './context.ts';
import { createDocumentCache } from './document-cache.ts';
import type { FormatError } from './errors.ts';
import type { Gateway } from './gateway.ts';
import type { Limits } from './limits/limits.ts';
import { createLimitsRule } from './limits/rule.ts';

const createDocumentStore = () => {
  const documents = createDocumentCache();
  return {
    get: async (key: string) => documents.get(key),
    set: async (key: string, document: DocumentNode) => documents.set(key, document),
    delete: async (key: string) => documents.delete(key),
  };
};

/** The server for queries and mutations: documents, validation, content negotiation, CSRF prevention. */
export const createServer = (options: { gateway: Gateway; limits: Limits; introspection: boolean; formatError: FormatError; log: Logger }): ApolloServer<RequestContext> => {
  const { gateway, limits, introspection, formatError, log } = options;
  return new ApolloServer<RequestContext>({
    gateway: gateway.forServer,
    formatError,
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    validationRules: [createLimitsRule(limits)],
    parseOptions: { maxTokens: limits.tokens },
    documentStore: createDocumentStore(),
    stringifyResult: (result) => JSON.stringify(result),
    plugins: [ApolloServerPluginUsageReportingDisabled(), introspection ? ApolloServerPluginLandingPageLocalDefault({ embed: true, footer: false }) : ApolloServerPluginLandingPageDisabled()],
    logger: log,
    // The process decides these, not an environment variable that the server would read for itself.
    nodeEnv: 'production',
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
  });
};
