/** A room of symbol masters on a folder of its own, with the real worker. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openSystemTransport } from '#core/app/kis/way.ts';
import { masterFileOf, type MasterRow } from '#core/emulator/synthetic/index.ts';
import { MasterRoom, runMasterImport } from '#core/masters/index.ts';
import { systemClock, systemTimers } from '#core/platform/index.ts';
import { MasterStore } from '#core/storage/index.ts';
import type { MasterReport } from '#shared/contract/index.ts';
import type { Clock, Timers } from '#shared/ports.ts';
import { createMemoryLog } from './memory-log.ts';
import { tempFolder } from './temp-folder.ts';

export function masterRoom(parts: { readonly clock?: Clock; readonly timers?: Timers; readonly folder?: string } = {}) {
  const folder = parts.folder ?? tempFolder();
  const { clock = systemClock, timers = systemTimers } = parts;
  const uploads = new Map<string, { readonly path: string; readonly name: string }>();
  const log = createMemoryLog();
  let imported = 0;
  const room = new MasterRoom({
    dataDir: folder,
    workerUrl: new URL('../../electron/worker.ts', import.meta.url),
    uploads: {
      source: (id) => uploads.get(id) ?? { path: '', name: '' },
      remove: (id) => Promise.resolve(void uploads.delete(id)),
    },
    open: openSystemTransport({}),
    clock,
    timers,
    logger: log.logger,
    imported: () => (imported += 1),
  });
  onTestFinished(() => room.close());
  /** The same import without a thread of its own, which takes seconds to start on a busy machine. */
  const take = async (path: string): Promise<MasterReport> => {
    const store = MasterStore.open(join(folder, 'masters.db'));
    try {
      return await runMasterImport({ store, clock }, { paths: [{ path, name: path }], source: 'file' });
    } finally {
      store.close();
    }
  };
  return { room, folder, uploads, log, take, imported: () => imported };
}

/** Writes a master file of some rows and returns its path. */
export function writeMaster(folder: string, name: string, rows: readonly MasterRow[]): string {
  const path = join(folder, name);
  const bytes = masterFileOf(name, rows);
  if (!bytes) throw new Error(`no master file ${name}`);
  writeFileSync(path, bytes);
  return path;
}

/** So many shares of the KOSPI file. */
export function stocks(count: number, more: MasterRow = {}): readonly MasterRow[] {
  return Array.from({ length: count }, (_, at) => ({
    mksc_shrn_iscd: String(100_000 + at),
    stnd_iscd: `KR7${100_000 + at}003`,
    hts_kor_isnm: `만든종목${at}`,
    scrt_grp_cls_code: 'ST',
    stck_sdpr: '10000',
    ...more,
  }));
}
