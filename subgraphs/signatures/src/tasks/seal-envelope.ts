import { implementTask } from '@buffrsign/kernel';
import type { Tools } from '../context.ts';
import { sealEnvelope } from '../use-cases/index.ts';
import { sealEnvelopeTask } from './definitions.ts';

export const sealEnvelopeJob = implementTask<Tools>()(sealEnvelopeTask, (tools, { envelopeId }) => sealEnvelope(tools, envelopeId));
