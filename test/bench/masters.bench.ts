/** Symbol masters of every market: importing all 28 files, a keystroke over all of their symbols beside plain scans, and a row made into an instrument. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { MasterRoom } from '#core/masters/index.ts';
import { silentLogger, systemClock, systemTimers } from '#core/platform/index.ts';
import { initialsOf } from '#shared/hangul/index.ts';
import { bigMasters } from '#test/support/master-files.ts';

const IMPORT_LIMIT_MS = 20_000;
const KEY_LIMIT_MS = 20;
const ISSUE_LIMIT_MS = 1;
/** Bonds made into instruments one after another, none of them known before. */
const ISSUES = 1_000;
const RESULTS = 50;
const ROUNDS = 5;
const PEER_ROUNDS = 1;
/** Names typed key by key, codes, the wrong layout, and what is nowhere. */
const TYPED = [
  ['ㅅ', 'ㅅㅅ', 'ㅅㅅㅈ', 'ㅅㅅㅈㅈ'],
  ['ㅅ', '사', '삼', '삼ㅅ', '삼서', '삼성', '삼섲', '삼성저', '삼성전', '삼성전자'],
  ['t', 'tk', 'tka', 'tkat', 'tkatjd'],
  ['0', '00', '005', '0059', '00593', '005930', '100123'],
  ['i', 'is', 'issue', 'issue number 3999'],
  ['없', '없느', '없는', '없는이', '없는이름'],
  ['ㅎㅎㅎㅎㅎㅎ', 'zzzz', '전자 9', '호'],
].flat();

interface Symbol {
  readonly code: string;
  readonly nameKo: string;
  readonly nameEn: string | null;
}

/** The first peer: what a fuzzy-less list search does, names taken apart at every key. */
function scan(list: readonly Symbol[], query: string): number {
  const wanted = initialsOf(query);
  return list
    .filter(
      ({ code, nameKo, nameEn }) =>
        initialsOf(nameKo).includes(wanted) || code.includes(wanted) || (nameEn ?? '').toLowerCase().includes(wanted),
    )
    .slice(0, RESULTS).length;
}

async function timed(rounds: number, search: (query: string) => unknown): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const query of TYPED) {
      const began = performance.now();
      await search(query);
      times.push(performance.now() - began);
    }
  }
  return times.sort((a, b) => a - b);
}

const at = (times: readonly number[], part: number): number =>
  times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN;

const row = (metric: string, value: number, limit: number | null): unknown => ({
  metric,
  value,
  unit: 'ms',
  target: limit === null ? '견줄 값' : `≤ ${limit}`,
  pass: limit === null || value <= limit,
});

export const bench = {
  name: 'masters',
  async run(): Promise<{ measured: string; rows: unknown[] }> {
    const folder = mkdtempSync(join(tmpdir(), 'maru-bench-'));
    const source = join(folder, 'files');
    mkdirSync(source);
    const { files, rows } = bigMasters();
    for (const [name, bytes] of files) writeFileSync(join(source, name), bytes);
    const room = new MasterRoom({
      dataDir: folder,
      workerUrl: new URL('../../electron/worker.ts', import.meta.url),
      uploads: { source: () => ({ path: '', name: '' }), remove: () => Promise.resolve() },
      open: () => {
        throw new Error('the bench calls nobody');
      },
      clock: systemClock,
      timers: systemTimers,
      logger: silentLogger,
      imported: () => undefined,
    });
    try {
      const report = await room.importFiles([{ path: source }]);
      const taken = report.files.reduce((sum, file) => sum + file.rows, 0);
      if (taken !== rows) throw new Error(`${taken} of ${rows} rows came in`);
      const search = (query: string): Promise<unknown> => room.search({ query, products: [], limit: RESULTS });
      const began = performance.now();
      await search('첫 물음');
      const firstMs = performance.now() - began;
      const keys = await timed(ROUNDS, search);
      const issuesBegan = performance.now();
      for (let at = 0; at < ISSUES; at += 1)
        if (!room.instrument(`BOND:KR${String(at).padStart(10, '0')}`)) throw new Error(`no bond ${at}`);
      const issueMs = (performance.now() - issuesBegan) / ISSUES;
      const db = new Database(join(folder, 'masters.db'), { readonly: true });
      const list = db
        .prepare('SELECT code, name_ko AS nameKo, name_en AS nameEn FROM master_symbols')
        .all() as Symbol[];
      const like = db.prepare(
        'SELECT code FROM master_symbols WHERE name_ko LIKE ? OR code LIKE ? OR name_en LIKE ? LIMIT 50',
      );
      const liked = await timed(PEER_ROUNDS, (query) => like.all(`%${query}%`, `%${query}%`, `%${query}%`));
      const scanned = await timed(PEER_ROUNDS, (query) => scan(list, query));
      db.close();
      return {
        measured: `파일 ${files.size}개, ${rows.toLocaleString('en-US')}줄, 키 ${TYPED.length}번 × ${ROUNDS}회`,
        rows: [
          row('모든 파일 가져오기', report.ms, IMPORT_LIMIT_MS),
          row('찾기를 여는 첫 물음', firstMs, null),
          row('키 한 번, 중앙값', at(keys, 0.5), KEY_LIMIT_MS),
          row('키 한 번, 99 %', at(keys, 0.99), KEY_LIMIT_MS),
          row('한 줄을 종목으로, 처음', issueMs, ISSUE_LIMIT_MS),
          row('SQLite LIKE(초성 없음), 중앙값', at(liked, 0.5), null),
          row('SQLite LIKE(초성 없음), 99 %', at(liked, 0.99), null),
          row('목록을 매번 훑기, 중앙값', at(scanned, 0.5), null),
          row('목록을 매번 훑기, 99 %', at(scanned, 0.99), null),
        ],
      };
    } finally {
      await room.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
