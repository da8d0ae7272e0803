/** A graphql-ws client whose subscriptions resume where they were broken off. */
export { createClient, type ClientOptions } from './create-client.ts';
export { resumable } from './resumable.ts';
export type { Gap, GapReason, ResumeOptions } from './options.ts';
