import { describe, expect, it } from 'vitest';
import { StampRefusal, stampPdf } from '../src/index.ts';
import { classicPdf } from '../../pades/tests/support/fixtures.ts';
import { quartersPng } from './support/png.ts';

const rectangle = { x: 0.1, y: 0.1, width: 0.3, height: 0.1 };

describe('A drawn signature', () => {
  it('cut at any byte is refused by name, and never keeps the decoder busy', async () => {
    const whole = quartersPng();
    for (let length = 0; length < whole.length; length++) {
      const stamped = stampPdf(classicPdf(), [{ kind: 'signature', page: 1, rectangle, png: whole.subarray(0, length) }]);
      await expect(stamped).rejects.toBeInstanceOf(StampRefusal);
      await expect(stamped).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE', field: 0 });
    }
  });

  it('with any byte changed is refused by name', async () => {
    for (let at = 0; at < quartersPng().length; at++) {
      const damaged = quartersPng();
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      const stamped = stampPdf(classicPdf(), [{ kind: 'signature', page: 1, rectangle, png: damaged }]);
      await expect(stamped).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
    }
  });

  it('that is whole is embedded once, however often it is used', async () => {
    const png = quartersPng();
    const times = async (count: number): Promise<number> =>
      (await stampPdf(classicPdf(), Array(count).fill({ kind: 'signature', page: 1, rectangle, png }))).length;
    expect((await times(10)) - (await times(1))).toBeLessThan(9 * png.length);
  });
});
