/** The clock of this machine: for clients whose caller gives them none. */
export const systemClock = (): Date => new Date();
