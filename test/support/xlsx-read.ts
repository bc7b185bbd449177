/** Reads the first sheet of a workbook back, with Node's own inflate: enough to see what was written. */
import { inflateRawSync } from 'node:zlib';

/** Files of a zip archive, by name. */
function unzip(bytes: Buffer): Map<string, string> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  const files = new Map<string, string>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const packed = bytes.readUInt16LE(at + 10) !== 0;
    const size = bytes.readUInt32LE(at + 20);
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const body = bytes.subarray(from, from + size);
    files.set(name, (packed ? inflateRawSync(body) : body).toString('utf8'));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}

function plain(xml: string): string {
  return xml
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

/** Cells of a sheet: texts as strings, figures as numbers, a formula as `{ formula }`. */
export type ReadCell = string | number | { readonly formula: string } | null;

/** Rows of the first sheet, each cell at its column. */
export function readXlsx(bytes: Buffer): ReadCell[][] {
  const files = unzip(bytes);
  const shared = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>([\s\S]*?)<\/si>/g)].map((item) =>
    plain(item[1] ?? ''),
  );
  const sheet = files.get('xl/worksheets/sheet1.xml') ?? '';
  return [...sheet.matchAll(/<row\b[^>]*?(?:\/>|>([\s\S]*?)<\/row>)/g)].map((row) => {
    const cells: ReadCell[] = [];
    for (const cell of (row[1] ?? '').matchAll(/<c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)) {
      const [, head = '', body = ''] = cell;
      const letters = /r="([A-Z]+)/.exec(head)?.[1] ?? 'A';
      const column = Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
      const type = /t="(\w+)"/.exec(head)?.[1];
      const formula = /<f>([\s\S]*?)<\/f>/.exec(body)?.[1];
      const value = plain(/<v>([\s\S]*?)<\/v>/.exec(body)?.[1] ?? '');
      while (cells.length < column) cells.push(null);
      if (formula !== undefined) cells.push({ formula });
      else if (type === 's') cells.push(shared[Number(value)] ?? null);
      else if (type === 'inlineStr') cells.push(plain(body));
      else cells.push(value === '' ? null : Number(value));
    }
    return cells;
  });
}
