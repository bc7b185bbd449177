/** Symbol master files as big as the real ones, with real names, and a loopback server that hands out any of them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { masterFileNames, masterFileOf, type MasterRow } from '#core/emulator/synthetic/index.ts';
import { masterLayouts } from '#core/catalogue/index.ts';
import { namedIssues } from './issue-names.ts';

/** Rows of each file, about as many as the real ones have. */
const SIZES: Readonly<Record<string, number>> = {
  'kospi_code.mst': 2_800,
  'kosdaq_code.mst': 1_800,
  'konex_code.mst': 120,
  'elw_code.mst': 4_000,
  'bond_code.mst': 35_000,
  'fo_idx_code_mts.mst': 8_000,
  'fo_stk_code_mts.mst': 15_000,
  'fo_com_code.mst': 500,
  'fo_cme_code.mst': 50,
  'fo_eurex_code.mst': 2_000,
  'ffcode.mst': 1_500,
  'focode.mst': 60_000,
  'fostkcode.mst': 30_000,
  'nasmst.cod': 5_500,
  'nysmst.cod': 3_500,
  'amsmst.cod': 4_500,
  'shsmst.cod': 2_500,
  'szsmst.cod': 3_000,
  'tsemst.cod': 4_500,
  'hksmst.cod': 3_500,
  'hnxmst.cod': 400,
  'hsxmst.cod': 500,
  'frgn_code.mst': 4_000,
  'idxcode.mst': 300,
  'theme_code.mst': 5_000,
  'memcode.mst': 150,
};
const SMALLEST = 40;

function keysOf(file: string): Readonly<Record<string, string>> {
  const { masters } = masterLayouts();
  const layout = masters.find((each) => each.file === file || each.files?.some((one) => one.file === file));
  if (!layout) throw new Error(`no layout of ${file}`);
  return layout.keys;
}

/** A code that fits every file's field and comes once. */
function codeOf(file: string, at: number): string {
  if (/^(?:idxcode|memcode)/.test(file)) return String(at).padStart(4, '0');
  return file === 'bond_code.mst' ? `KR${String(at).padStart(10, '0')}` : String(100_000 + at);
}

function rowsOf(file: string): readonly MasterRow[] {
  const names = namedIssues();
  const keys = keysOf(file);
  return Array.from({ length: SIZES[file] ?? SMALLEST }, (_, at): MasterRow => {
    const name = names[at % names.length]?.nameKo ?? '';
    const again = Math.floor(at / names.length);
    const nameKo = again === 0 ? name : `${name} ${again}`;
    const code = codeOf(file, at);
    const row: Record<string, string> = { enam: `ISSUE NUMBER ${at}`, hts_eng_isnm: `ISSUE NUMBER ${at}` };
    for (const key of ['code', 'standard'] as const) if (keys[key] !== undefined) row[keys[key]] = code;
    if (keys['name'] !== undefined) row[keys['name']] = nameKo;
    // Fifty issues a theme.
    if (file === 'theme_code.mst')
      Object.assign(row, { theme_code: String(Math.floor(at / 50)).padStart(3, '0'), shrn_iscd: code });
    return row;
  });
}

/** Every file packed, by its name with ".zip", and how many rows all have. */
export function bigMasters(): { readonly files: ReadonlyMap<string, Buffer>; readonly rows: number } {
  const files = new Map<string, Buffer>();
  let rows = 0;
  for (const name of masterFileNames()) {
    const all = rowsOf(name);
    rows += all.length;
    const packed = masterFileOf(`${name}.zip`, all);
    if (packed) files.set(`${name}.zip`, packed);
  }
  return { files, rows };
}

export interface MasterHost {
  /** "http://127.0.0.1:port" */
  readonly base: string;
  /** Paths that were asked for, in their order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** A server on this machine in the place of the official one; `file` answers a path, null with 404. */
export async function serveMasterHost(
  file: (path: string) => Buffer | { readonly status: number } | null,
): Promise<MasterHost> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const found = file(path);
    if (found === null) response.writeHead(404).end();
    else if (Buffer.isBuffer(found)) response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(found);
    else response.writeHead(found.status).end();
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', () => done()));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
