/** Puts a PDF together from its numbered objects (the first is 1 and the catalog), cross-reference table and all, whatever they say. */
export function rawPdf(objects: readonly (string | Uint8Array)[], trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let offset = parts[0]!.length;
  const add = (part: Buffer): void => {
    parts.push(part);
    offset += part.length;
  };
  objects.forEach((object, index) => {
    offsets.push(offset);
    add(Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]));
  });
  const entries = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  add(Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${offset}\n%%EOF\n`));
  return Buffer.concat(parts);
}

/** A stream object. */
export const stream = (content: string | Uint8Array, dictionary = ''): Buffer => {
  const data = Buffer.from(content);
  return Buffer.concat([Buffer.from(`<< /Length ${data.length} ${dictionary} >>\nstream\n`), data, Buffer.from('\nendstream')]);
};

export const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>';
export const ONE_PAGE = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';

/** A document of one page: its further entries, then further objects from number 4 on. */
export const onePage = (entries: string, ...more: (string | Uint8Array)[]): Buffer =>
  rawPdf([CATALOG, ONE_PAGE, `<< /Type /Page /Parent 2 0 R ${entries} >>`, ...more]);
