import { composeServices } from '@apollo/composition';
import { writeCursor } from '@buffrsign/kernel/gateway';
import { parse, type ExecutionResult } from 'graphql';

/** What is happening: one log, whose facts are about one topic after the other, each with a cursor. */
export const TOPICS = 100;
export const SOURCE = 'topics';

const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Query { topics: Int! }
  type Subscription { happened(topic: Int!): Happening! }
  type Happening { topic: Int! number: Int! kind: String! words: String! }`;

export const QUERY = 'subscription Happened($topic: Int!) { happened(topic: $topic) { topic number kind words } }';

/** Fact number 1 is about topic 1, and so on in turns. */
export const topicOf = (number: number): number => number % TOPICS;

/** The first fact about a topic after a place in the log. */
export const nextOf = (topic: number, after: number): number => after + 1 + ((((topic - after - 1) % TOPICS) + TOPICS) % TOPICS);

const WORDS = 'What a client is told of one step, in about as many letters as such a thing takes.';

/** The very result of a fact, or of how things stand at a place in the log. */
export const resultOf = (topic: number, number: number, kind: 'EVENT' | 'SNAPSHOT'): ExecutionResult => ({
  data: { happened: { topic, number, kind, words: WORDS } },
  extensions: { cursor: writeCursor({ source: SOURCE, sequence: BigInt(number) }) },
});

export const composeTopics = (url: string): string => {
  const { supergraphSdl, errors } = composeServices([{ name: SOURCE, url, typeDefs: parse(SDL) }]);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
};
