import { FileStoreError } from '@buffrsign/files';
import { SealingFailure } from '../../src/sealing/engine.ts';
import { createServices, type Services } from '../../src/services.ts';
import { signatures } from '../../src/subgraph.ts';

/** Everything that a sealing does outside of its transactions. Files are read and put at every revision. */
export const steps = ['read', 'layOut', 'seal', 'sign', 'extend', 'archive', 'put'] as const;
export type Step = (typeof steps)[number];

/** What happens at a step of the sealing instead of going on. */
export interface Faults {
  at(step: Step): Promise<void>;
}

/** The real services, which can be made to fail or to stop at every step of the sealing. */
const faulty = ({ files, engine, ...others }: Services, faults: Faults): Services => {
  const after =
    <Args extends unknown[], Result>(step: Step, work: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      await faults.at(step);
      return work(...args);
    };
  return {
    ...others,
    files: {
      put: async (...args) => {
        const stored = await files.put(...args);
        await faults.at('put');
        return stored;
      },
      readAll: after('read', (...args) => files.readAll(...args)),
      read: (...args) => files.read(...args),
      stat: (...args) => files.stat(...args),
      has: (...args) => files.has(...args),
      delete: (...args) => files.delete(...args),
      close: () => files.close(),
    },
    engine: {
      ...engine,
      layOut: after('layOut', engine.layOut),
      seal: after('seal', engine.seal),
      sign: after('sign', engine.sign),
      extend: after('extend', engine.extend),
      archive: after('archive', engine.archive),
    },
  };
};

/** The subgraph with services that can be made to fail. */
export const withFaults = (faults: Faults): typeof signatures => ({ ...signatures, services: async (source) => faulty(await createServices(source), faults) });

/** The errors that a step really gives. */
export const errorAt = (step: Step): Error => {
  if (step === 'put') return new FileStoreError('NO_SPACE', 'There is no space left on /var/files.');
  if (step === 'read') return new FileStoreError('STORE_UNAVAILABLE', 'The bucket at 10.0.0.7 does not answer.');
  if (step === 'seal' || step === 'layOut') return new SealingFailure('KEYS_UNUSABLE', 'The keys cannot be used.');
  return new SealingFailure('TIMESTAMP_UNAVAILABLE', 'No timestamp authority answers.');
};

/** What may be shown of these errors. */
export const reasonAt = (step: Step): string => {
  if (step === 'put') return 'The file store has no space left.';
  return step === 'read' ? 'The file store cannot be used right now.' : errorAt(step).message;
};
