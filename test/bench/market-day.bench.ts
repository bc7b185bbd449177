/** A whole day of 400 synthetic issues on KRX and NXT, with volatility interruptions, limits and circuit breakers on. */
import { BUNDLED } from '#core/market/listing.ts';
import { daySchedule, Exchange, nxtSchedule, SyntheticMarket, type ListedIssue } from '#shared/exchange/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { epochMs, sessionDate } from '#shared/time/index.ts';

interface Row {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly target: string;
  readonly pass: boolean;
}

const ISSUES = 400;
const DAY = sessionDate('2026-11-23');
const MOST_SECONDS = 20;
const LEAST_EVENTS = 5_000_000;
const MOST_SNAPSHOT_MS = 200;
const MIB = 1_048_576;

function listed(): ListedIssue[] {
  return BUNDLED.slice(0, ISSUES).map(({ code, market, basePrice, lotSize, listedShares }): ListedIssue => ({
    code,
    market,
    basePrice,
    lotSize,
    listedShares,
    nxt: market !== 'KONEX',
  }));
}

interface Measured {
  readonly userS: number;
  readonly wallS: number;
  readonly events: number;
  readonly trades: number;
  readonly interruptions: number;
  readonly snapshotMs: number;
  readonly restoreMs: number;
  readonly same: boolean;
}

/** The whole process's user time counts, garbage collection and compilation included. */
function measure(seed: number): Measured {
  const issues = listed();
  const nxt = nxtSchedule(krxCalendar, DAY);
  const schedule = daySchedule(krxCalendar, DAY);
  let [trades, interruptions] = [0, 0];
  const startUser = process.cpuUsage().user;
  const startWall = performance.now();
  const daily = { date: DAY, schedule, ...(nxt && { nxtSchedule: nxt }), issues, seed, quietParticipants: true };
  const exchange = new Exchange(daily, (event) => {
    if (event.kind === 'trade') trades += 1;
    if (event.kind === 'vi') interruptions += 1;
  });
  const market = new SyntheticMarket({ exchange, issues, seed });
  const endTs = Math.max(schedule.parts.at(-1)?.endTs ?? 0, nxt?.parts.at(-1)?.endTs ?? 0);
  const noon = epochMs((schedule.parts[0]?.startTs ?? 0) + 4 * 3_600_000);
  market.advanceTo(noon);
  const [beforeUser, beforeSnapshot] = [process.cpuUsage().user, performance.now()];
  const saved = structuredClone({ exchange: exchange.snapshot(), market: market.snapshot() });
  const snapshotMs = performance.now() - beforeSnapshot;
  const beforeRestore = performance.now();
  const again = Exchange.restore(saved.exchange, () => undefined);
  const marketAgain = SyntheticMarket.restore(saved.market, { exchange: again, issues });
  const restoreMs = performance.now() - beforeRestore;
  const soon = epochMs(noon + 60_000);
  marketAgain.advanceTo(soon);
  const asideUser = process.cpuUsage().user - beforeUser;
  const asideWall = performance.now() - beforeSnapshot;
  market.advanceTo(soon);
  const same = exchange.hash() === again.hash();
  market.advanceTo(epochMs(endTs));
  return {
    userS: (process.cpuUsage().user - startUser - asideUser) / 1e6,
    wallS: (performance.now() - startWall - asideWall) / 1e3,
    events: exchange.events,
    trades,
    interruptions,
    snapshotMs,
    restoreMs,
    same,
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;

export const bench = {
  name: 'market-day',
  run(): Promise<{ measured: string; rows: Row[] }> {
    const { userS, wallS, events, trades, interruptions, snapshotMs, restoreMs, same } = measure(1);
    const most = (metric: string, value: number, unit: string, target: number): Row => ({
      metric,
      value: round(value),
      unit,
      target: `<= ${target}`,
      pass: value <= target,
    });
    const shown = (metric: string, value: number, unit: string): Row => ({
      metric,
      value: round(value),
      unit,
      target: 'shown',
      pass: true,
    });
    const rows: Row[] = [
      most('whole day, wall time', wallS, 's', MOST_SECONDS),
      shown('whole day, user time of the process', userS, 's'),
      { metric: 'book events', value: events, unit: '', target: `>= ${LEAST_EVENTS}`, pass: events >= LEAST_EVENTS },
      shown('trades', trades, ''),
      shown('volatility interruptions', interruptions, ''),
      shown('user time an event', (userS * 1e6) / events, 'us'),
      most('snapshot of exchange and participants at noon', snapshotMs, 'ms', MOST_SNAPSHOT_MS),
      most('restored from it', restoreMs, 'ms', MOST_SNAPSHOT_MS),
      { metric: 'goes on byte for byte', value: same ? 1 : 0, unit: 'yes = 1', target: '1', pass: same },
      shown('memory of the process', process.memoryUsage.rss() / MIB, 'MiB'),
    ];
    return Promise.resolve({
      measured: `${ISSUES} bundled issues on ${DAY}, 08:00-20:00 on KRX and NXT, VI, limits and circuit breakers on, one core`,
      rows,
    });
  },
};
