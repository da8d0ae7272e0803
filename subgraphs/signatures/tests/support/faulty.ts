import { FileStoreError } from '@buffrsign/files';
import { SealingFailure } from '../../src/sealing/engine.ts';
import { createServices, type Services } from '../../src/services.ts';
import { signatures } from '../../src/subgraph.ts';

export const steps = ['read', 'stamp', 'sign', 'put'] as const;
export type Step = (typeof steps)[number];

/** What happens at a step of the sealing instead of going on. */
export interface Faults {
  at(step: Step): Promise<void>;
}

/** The real services, which can be made to fail or to stop at every step of the sealing. */
const faulty = ({ files, engine, ...others }: Services, faults: Faults): Services => ({
  ...others,
  files: {
    put: async (...args) => {
      const stored = await files.put(...args);
      await faults.at('put');
      return stored;
    },
    readAll: async (...args) => {
      await faults.at('read');
      return files.readAll(...args);
    },
    read: (...args) => files.read(...args),
    stat: (...args) => files.stat(...args),
    has: (...args) => files.has(...args),
    delete: (...args) => files.delete(...args),
    close: () => files.close(),
  },
  engine: {
    ...engine,
    stamp: async (...args) => {
      await faults.at('stamp');
      return engine.stamp(...args);
    },
    sign: async (...args) => {
      await faults.at('sign');
      return engine.sign(...args);
    },
  },
});

/** The subgraph with services that can be made to fail. */
export const withFaults = (faults: Faults): typeof signatures => ({ ...signatures, services: async (source) => faulty(await createServices(source), faults) });

/** The errors that a step really gives. */
export const errorAt = (step: Step): Error => {
  if (step === 'read' || step === 'put') return new FileStoreError('STORE_UNAVAILABLE', 'The bucket at 10.0.0.7 does not answer.');
  return new SealingFailure('The keys cannot be used.');
};
