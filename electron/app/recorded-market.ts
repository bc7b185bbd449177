/** Issues and recorded days of replays, out of what was imported: of an open house, or of a data folder beside one. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLED, DailyHistory, RecordHistory } from '#core/market/index.ts';
import { NO_RECORDS, type ScenarioRoomParts } from '#core/scenarios/index.ts';
import { CandleStore } from '#core/storage/index.ts';
import { Issues } from './issues.ts';
import { usualFromHistory } from './threats/usual-days.ts';

export type RecordedMarket = ScenarioRoomParts['recorded'];

/** As the stores of a house have it. */
export function recordedMarket(stores: {
  readonly issues: Issues;
  readonly history: DailyHistory;
  readonly records: RecordHistory;
}): RecordedMarket {
  const { issues, history, records } = stores;
  return {
    listing: () => issues.domestic,
    dailyRow: (id, date) => history.dailyRow(id, date),
    stored: (id, date) => records.stored(id, date),
    indices: (date) => records.indices(date),
    usual: (id, date) => usualFromHistory(history, id, date),
  };
}

/** As a data folder has it, also while a core runs on it; the bundled issues and no record where nothing was imported. Throws as `CandleStore.open`. */
export function withRecordedMarket<T>(dataDir: string, use: (recorded: RecordedMarket) => T): T {
  const path = join(dataDir, 'candles.db');
  if (!existsSync(path)) return use({ ...NO_RECORDS, listing: () => BUNDLED });
  const candles = CandleStore.open(path);
  try {
    const issues = new Issues(candles);
    const history = new DailyHistory({ candles, marketOf: (id) => issues.korean(id)?.market });
    const records = new RecordHistory({ candles, daily: history, identify: (id) => issues.korean(id) });
    return use(recordedMarket({ issues, history, records }));
  } finally {
    candles.close();
  }
}
