/** Which states follow which. The only place that says so: everything else asks. */
export type Transitions<State extends string> = Readonly<Record<State, readonly State[]>>;

/** The states from which one step leads to a state: what must stand in the WHERE of the update that takes it. */
export const statesBefore = <State extends string>(transitions: Transitions<State>, to: State): State[] =>
  (Object.keys(transitions) as State[]).filter((from) => transitions[from].includes(to));
