import { readdirSync, readFileSync } from 'node:fs';

/** The ids of the processes that a process has started and that still run (Linux). */
export function childrenOf(parent: number): number[] {
  return readdirSync('/proc').map(Number).filter((pid) => Number.isInteger(pid) && parentOf(pid) === parent);
}

export const isRunning = (pid: number): boolean => parentOf(pid) !== null;

/** proc(5): behind the name in parentheses come the state and the parent. A zombie runs no more. */
function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? null : Number(parent);
  } catch {
    return null;
  }
}
