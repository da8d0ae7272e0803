import type { SealingResolvers } from './../__generated__/types.ts';

export const Sealing: SealingResolvers = {
    state: ({ state }, _arg, _ctx) => {
                        /* Sealing.state resolver is required because Sealing.state and SealingMapper.state are not compatible */
                        return state
                      }
};
