/** Tells people how far something is: one line that moves on a terminal, a line a step elsewhere. */
export interface Progress {
  /** The next step begins; `of` says that it has so many parts. */
  step(title: string, of?: number): void;
  /** One more part of the step is done. */
  part(name: string): void;
  /** Every step is through. */
  done(): void;
}

const WIDTH = 14;

export const createProgress = (steps: number, out: NodeJS.WriteStream = process.stdout): Progress => {
  const live = out.isTTY;
  let number = 0;
  let title = '';
  let total = 0;
  let parts = 0;

  const bar = (): string => (total > 0 ? ` ${'█'.repeat(Math.round((parts / total) * WIDTH)).padEnd(WIDTH, '░')} ${parts}/${total}` : '');
  const line = (name = ''): string => `  ${number}/${steps}  ${title.padEnd(22)}${bar()}${name && `  ${name}`}`;
  const show = (name?: string): void => void out.write(`\r\x1b[2K${line(name)}`);
  const end = (): void => {
    if (number > 0) out.write(live ? `\r\x1b[2K${line()}  ✓\n` : '');
  };

  return {
    step(next, of = 0) {
      end();
      number += 1;
      [title, total, parts] = [next, of, 0];
      if (live) show();
      else out.write(`${line()}\n`);
    },
    part(name) {
      parts += 1;
      if (live) show(name);
      else out.write(`${line(name)}\n`);
    },
    done: end,
  };
};

/** For tests and machines: says nothing. */
export const silentProgress: Progress = { step: () => undefined, part: () => undefined, done: () => undefined };
