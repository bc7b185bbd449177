/** Quotes of American issues: price, order book, charts. */
import { MINUTE_MS, epochMs, type SessionDate } from '#shared/time/index.ts';
import { addDays } from '#shared/time/index.ts';
import { overseasSession } from '#shared/market/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { QUOTED } from '../domestic/quotes.ts';
import type { Call, Ground, Reply } from '../ground.ts';
import { percent, signOf, ymd } from '../server-text.ts';
import type { Row } from '../shape.ts';
import { EXCD, quotedIssue, type UsIssue } from './us-issues.ts';
import { newYork, type UsMarket } from './us-market.ts';
import { dollars, koreanStamp, localStamp } from './us-text.ts';

const TICK = 100;
const DAYS = 100;
const BARS = 120;

/** Real-time name of an issue: "DNASAAPL". */
export const keyOf = (issue: UsIssue): string => `D${EXCD[issue.exchange]}${issue.symbol}`;

function asked(call: Call): UsIssue | undefined {
  return quotedIssue(call.params.needed('EXCD'), call.params.needed('SYMB'));
}

/** Price fields under their lower-case names. */
export function priceRow(us: UsMarket, issue: UsIssue): Row {
  const [last, base] = [us.last(issue), us.base(issue)];
  const view = us.view(issue);
  return {
    rsym: keyOf(issue),
    zdiv: 4,
    base: dollars(base),
    pvol: 0,
    last: dollars(last),
    sign: signOf(last, base),
    diff: dollars(Math.abs(last - base)),
    rate: percent(last, base),
    tvol: view?.volume ?? 0,
    tamt: Math.round(us.value(issue) / 10_000),
    ordy: '매수주문가능',
    open: dollars(view?.open ?? 0),
    high: dollars(view?.high ?? 0),
    low: dollars(view?.low ?? 0),
  };
}

/** 해외주식 현재체결가 */
export function usPrice(call: Call, _ground: Ground, us: UsMarket): Reply {
  const issue = asked(call);
  return { blocks: { output: issue ? priceRow(us, issue) : {} }, said: QUOTED };
}

/** 해외주식 현재가상세 */
export function usDetail(call: Call, ground: Ground, us: UsMarket): Reply {
  const issue = asked(call);
  if (!issue) return { blocks: { output: {} }, said: QUOTED };
  const rate = ground.settings.fxRate / 1_000_000;
  const won = (scaled: number): string => String(Math.round((scaled / 10_000) * rate));
  const [last, base] = [us.last(issue), us.base(issue)];
  const output: Row = {
    ...priceRow(us, issue),
    curr: 'USD',
    vnit: 1,
    t_xprc: won(last),
    t_xdif: won(Math.abs(last - base)),
    t_xrat: percent(last, base),
    p_xprc: won(base),
    t_rate: rate.toFixed(2),
    p_rate: rate.toFixed(2),
    t_xsgn: signOf(last, base),
    e_ordyn: '매매 가능',
    e_hogau: dollars(TICK),
    h52p: dollars(Math.max(last, base)),
    l52p: dollars(Math.min(last, base)),
    shar: 0,
    etyp_nm: '',
  };
  return { blocks: { output }, said: QUOTED };
}

/** Ten levels under their names; `name` writes them as the block or channel does. */
export function usLevels(us: UsMarket, issue: UsIssue, name: (text: string) => string): Row {
  const row: Record<string, string | number> = {};
  const [bids, asks] = [us.depth(issue, 'buy'), us.depth(issue, 'sell')];
  for (let level = 1; level <= 10; level += 1) {
    const [bid, ask] = [bids[level - 1], asks[level - 1]];
    row[name(`pbid${level}`)] = dollars(bid?.price ?? 0);
    row[name(`pask${level}`)] = dollars(ask?.price ?? 0);
    row[name(`vbid${level}`)] = bid?.qty ?? 0;
    row[name(`vask${level}`)] = ask?.qty ?? 0;
    row[name(`dbid${level}`)] = 0;
    row[name(`dask${level}`)] = 0;
  }
  row[name('bvol')] = bids.reduce((sum, { qty }) => sum + qty, 0);
  row[name('avol')] = asks.reduce((sum, { qty }) => sum + qty, 0);
  row[name('bdvl')] = 0;
  row[name('advl')] = 0;
  return row;
}

/** 해외주식 현재가 호가 */
export function usAsking(call: Call, ground: Ground, us: UsMarket): Reply {
  const issue = asked(call);
  if (!issue) return { blocks: { output1: {}, output2: {}, output3: {} }, said: QUOTED };
  const levels = usLevels(us, issue, (text) => text);
  const { date, time } = localStamp(ground.now());
  const output1 = { ...priceRow(us, issue), ...levels, curr: 'USD', dymd: date, dhms: time, code: issue.symbol };
  return { blocks: { output1, output2: levels, output3: {} }, said: QUOTED };
}

interface DayBar {
  readonly date: SessionDate;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** Made-up days before the first that was played, newest first: they lead to the first base price. */
function pastDays(
  issue: UsIssue,
  seed: number,
  from: { readonly before: SessionDate; readonly count: number },
): DayBar[] {
  const bars: DayBar[] = [];
  const rng = Rng.from(seed, `us-days/${issue.symbol}`);
  let close = issue.basePrice;
  let date = from.before;
  while (bars.length < from.count) {
    date = addDays(date, -1);
    if (!overseasSession(issue.exchange, date).open) continue;
    const open = toTick(close - (rng.normal() * close) / 90);
    const high = toTick(Math.max(open, close) + (rng.unit() * close) / 150);
    const low = toTick(Math.min(open, close) - (rng.unit() * close) / 150);
    bars.push({ date, open, high, low, close, volume: issue.usual * (20_000 + rng.int(20_000)) });
    close = toTick(open - (rng.normal() * open) / 300);
  }
  return bars;
}

const toTick = (price: number): number => Math.max(TICK, Math.round(price / TICK) * TICK);

/** 해외주식 기간별시세 */
export function usDaily(call: Call, ground: Ground, us: UsMarket): Reply {
  const issue = asked(call);
  const head = { zdiv: 4, rsym: issue ? keyOf(issue) : '' };
  if (!issue) return { blocks: { output1: { ...head, nrec: 0 }, output2: [] }, said: QUOTED };
  const today = newYork(ground.now()).date;
  const view = us.view(issue);
  const bars = pastDays(issue, ground.seed, { before: today, count: DAYS + 1 });
  if (view && view.volume > 0) {
    const { open, high, low, last: close, volume } = view;
    bars.unshift({ date: today, open, high, low, close, volume });
  }
  const until = call.params.text('BYMD');
  const shown = bars.filter(({ date }) => until === '' || ymd(date) <= until);
  const output2 = shown.slice(0, DAYS).map((bar, place): Row => {
    const before = shown[place + 1]?.close ?? bar.open;
    return {
      xymd: ymd(bar.date),
      clos: dollars(bar.close),
      sign: signOf(bar.close, before),
      diff: dollars(Math.abs(bar.close - before)),
      rate: percent(bar.close, before),
      open: dollars(bar.open),
      high: dollars(bar.high),
      low: dollars(bar.low),
      tvol: bar.volume,
      tamt: Math.round((bar.volume * bar.close) / 10_000),
      pbid: dollars(bar.close - TICK),
      vbid: 1,
      pask: dollars(bar.close + TICK),
      vask: 1,
    };
  });
  return { blocks: { output1: { ...head, nrec: output2.length }, output2 }, said: QUOTED };
}

/** 해외주식분봉조회, newest first; NEXT with KEYB goes back. */
export function usMinutes(call: Call, _ground: Ground, us: UsMarket): Reply {
  const issue = asked(call);
  const minutes = Math.max(1, Number(call.params.text('NMIN')) || 1);
  const wanted = Math.min(BARS, Math.max(1, Number(call.params.text('NREC')) || BARS));
  const keyb = call.params.text('KEYB');
  const merged = new Map<number, { open: number; high: number; low: number; close: number; volume: number }>();
  for (const bar of issue ? us.bars(issue) : []) {
    const start = Math.floor(bar.startTs / (minutes * MINUTE_MS)) * minutes * MINUTE_MS;
    const known = merged.get(start);
    if (!known)
      merged.set(start, { open: bar.open, high: bar.high, low: bar.low, close: bar.close, volume: bar.volume });
    else {
      known.high = Math.max(known.high, bar.high);
      known.low = Math.min(known.low, bar.low);
      known.close = bar.close;
      known.volume += bar.volume;
    }
  }
  const rows = [...merged].reverse().map(([start, bar]): Row => {
    const at = epochMs(start);
    const [local, korean] = [localStamp(at), koreanStamp(at)];
    return {
      tymd: local.date,
      xymd: local.date,
      xhms: local.time,
      kymd: korean.date,
      khms: korean.time,
      open: dollars(bar.open),
      high: dollars(bar.high),
      low: dollars(bar.low),
      last: dollars(bar.close),
      evol: bar.volume,
      eamt: Math.round((bar.volume * bar.close) / 10_000),
    };
  });
  const back = call.params.text('NEXT') === '1' && keyb !== '';
  const shown = back ? rows.filter((row) => `${row['xymd'] ?? ''}${row['xhms'] ?? ''}` <= keyb) : rows;
  const output2 = shown.slice(0, wanted);
  const more = shown.length > output2.length ? 1 : 0;
  const output1 = {
    rsym: issue ? keyOf(issue) : '',
    zdiv: 4,
    stim: '093000',
    etim: '160000',
    sktm: '233000',
    ektm: '060000',
    next: more,
    more: 0,
    nrec: output2.length,
  };
  return { blocks: { output1, output2 }, said: QUOTED };
}
