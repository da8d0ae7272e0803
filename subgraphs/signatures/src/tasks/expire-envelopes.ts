import { implementTask } from '@buffrsign/kernel';
import type { Tools } from '../context.ts';
import { expireEnvelopes } from '../use-cases/index.ts';
import { expireEnvelopesTask } from './definitions.ts';

export const expireEnvelopesJob = implementTask<Tools>()(expireEnvelopesTask, (tools) => expireEnvelopes(tools));
