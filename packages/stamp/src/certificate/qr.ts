import qrcode from 'qrcode-generator';
import type { FrameRectangle } from '../pdf/page-frame.ts';

/** The dark modules of a QR code (level M) that fills a box, those beside one another as one rectangle. */
export function qrModules(text: string, box: FrameRectangle): FrameRectangle[] {
  const code = qrcode(0, 'M');
  code.addData(Buffer.from(text, 'utf8').toString('latin1'), 'Byte');
  code.make();
  const count = code.getModuleCount();
  const side = box.width / count;
  const modules: FrameRectangle[] = [];
  for (let row = 0; row < count; row++) {
    for (let from = 0, to = 0; from < count; from = to + 1) {
      for (to = from; to < count && code.isDark(row, to); to++);
      const bottom = box.bottom + box.height - (row + 1) * side;
      if (to > from) modules.push({ left: box.left + from * side, bottom, width: (to - from) * side, height: side });
    }
  }
  return modules;
}
