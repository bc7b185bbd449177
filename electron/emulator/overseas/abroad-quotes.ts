/** Quotes of foreign issues: price, order book, charts. */
import { MINUTE_MS, epochMs, type SessionDate } from '#shared/time/index.ts';
import { addDays } from '#shared/time/index.ts';
import { overseasSession } from '#shared/market/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { QUOTED } from '../domestic/quotes.ts';
import type { Call, Ground, Reply } from '../ground.ts';
import { percent, signOf, ymd } from '../server-text.ts';
import type { Row } from '../shape.ts';
import { EXCD, quotedIssue, type AbroadIssue } from './abroad-issues.ts';
import type { AbroadMarket } from './abroad-market.ts';
import type { AbroadMarkets } from './abroad-markets.ts';
import { koreanStamp } from './abroad-text.ts';

/** Levels of a book that the server shows of America. */
const LEVELS = 10;
const DAYS = 100;
const BARS = 120;

/** Real-time name of an issue: "DNASAAPL". */
export const keyOf = (issue: AbroadIssue): string => `D${EXCD[issue.exchange]}${issue.symbol}`;

/** The issue that is asked about and its market, which begins to live. */
function asked(
  call: Call,
  markets: AbroadMarkets,
): { readonly issue: AbroadIssue | undefined; readonly market: AbroadMarket } {
  const issue = quotedIssue(call.params.needed('EXCD'), call.params.needed('SYMB'));
  const market = issue ? markets.of(issue.exchange) : markets.us;
  market.wake();
  return { issue, market };
}

/** Price fields under their lower-case names. */
export function priceRow(market: AbroadMarket, issue: AbroadIssue): Row {
  const [last, base] = [market.last(issue), market.base(issue)];
  const view = market.view(issue);
  return {
    rsym: keyOf(issue),
    zdiv: market.facts.priceScale,
    base: market.text(base),
    pvol: 0,
    last: market.text(last),
    sign: signOf(last, base),
    diff: market.text(Math.abs(last - base)),
    rate: percent(last, base),
    tvol: view?.volume ?? 0,
    tamt: Math.round(market.whole(market.value(issue))),
    ordy: '매수주문가능',
    open: market.text(view?.open ?? 0),
    high: market.text(view?.high ?? 0),
    low: market.text(view?.low ?? 0),
  };
}

/** 해외주식 현재체결가 */
export function abroadPrice(call: Call, _ground: Ground, markets: AbroadMarkets): Reply {
  const { issue, market } = asked(call, markets);
  return { blocks: { output: issue ? priceRow(market, issue) : {} }, said: QUOTED };
}

/** 해외주식 현재가상세 */
export function abroadDetail(call: Call, _ground: Ground, markets: AbroadMarkets): Reply {
  const { issue, market } = asked(call, markets);
  if (!issue) return { blocks: { output: {} }, said: QUOTED };
  const rate = market.fxRate / 1_000_000;
  const won = (scaled: number): string => String(Math.round(market.whole(scaled) * rate));
  const [last, base] = [market.last(issue), market.base(issue)];
  const output: Row = {
    ...priceRow(market, issue),
    curr: market.facts.currency,
    vnit: issue.lot ?? 1,
    uplp: market.text(market.view(issue)?.upperLimit ?? 0),
    dnlp: market.text(market.view(issue)?.lowerLimit ?? 0),
    t_xprc: won(last),
    t_xdif: won(Math.abs(last - base)),
    t_xrat: percent(last, base),
    p_xprc: won(base),
    t_rate: rate.toFixed(2),
    p_rate: rate.toFixed(2),
    t_xsgn: signOf(last, base),
    e_ordyn: '매매 가능',
    e_hogau: market.text(market.tick(issue, last)),
    h52p: market.text(Math.max(last, base)),
    l52p: market.text(Math.min(last, base)),
    shar: 0,
    etyp_nm: '',
  };
  return { blocks: { output }, said: QUOTED };
}

/** Ten levels in America, one elsewhere, under their names; `name` writes them as the block or channel does. */
export function abroadLevels(market: AbroadMarket, issue: AbroadIssue, name: (text: string) => string): Row {
  const row: Record<string, string | number> = {};
  const [bids, asks] = [market.depth(issue, 'buy'), market.depth(issue, 'sell')];
  const most = market.facts.market === 'US' ? LEVELS : 1;
  for (let level = 1; level <= most; level += 1) {
    const [bid, ask] = [bids[level - 1], asks[level - 1]];
    row[name(`pbid${level}`)] = market.text(bid?.price ?? 0);
    row[name(`pask${level}`)] = market.text(ask?.price ?? 0);
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
export function abroadAsking(call: Call, ground: Ground, markets: AbroadMarkets): Reply {
  const { issue, market } = asked(call, markets);
  if (!issue) return { blocks: { output1: {}, output2: {}, output3: {} }, said: QUOTED };
  const levels = abroadLevels(market, issue, (text) => text);
  const { date, time } = market.stamp(ground.now());
  const output1 = {
    ...priceRow(market, issue),
    ...levels,
    curr: market.facts.currency,
    dymd: date,
    dhms: time,
    code: issue.symbol,
  };
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
  market: AbroadMarket,
  issue: AbroadIssue,
  seed: number,
  from: { readonly before: SessionDate; readonly count: number },
): DayBar[] {
  const bars: DayBar[] = [];
  const rng = Rng.from(seed, `us-days/${issue.symbol}`);
  const toTick = (price: number): number => {
    const tick = market.tick(issue, Math.max(1, price));
    return Math.max(tick, Math.round(price / tick) * tick);
  };
  let close = issue.basePrice;
  let date = from.before;
  while (bars.length < from.count) {
    date = addDays(date, -1);
    if (!overseasSession(issue.exchange, date).open) continue;
    const open = toTick(close - (rng.normal() * close) / 90);
    const high = toTick(Math.max(open, close) + (rng.unit() * close) / 150);
    const low = toTick(Math.min(open, close) - (rng.unit() * close) / 150);
    bars.push({ date, open, high, low, close, volume: issue.usual * (issue.lot ?? 1) * (20_000 + rng.int(20_000)) });
    close = toTick(open - (rng.normal() * open) / 300);
  }
  return bars;
}

/** 해외주식 기간별시세 */
export function abroadDaily(call: Call, ground: Ground, markets: AbroadMarkets): Reply {
  const { issue, market } = asked(call, markets);
  const head = { zdiv: market.facts.priceScale, rsym: issue ? keyOf(issue) : '' };
  if (!issue) return { blocks: { output1: { ...head, nrec: 0 }, output2: [] }, said: QUOTED };
  const today = market.local(ground.now()).date;
  const view = market.view(issue);
  const bars = pastDays(market, issue, ground.seed, { before: today, count: DAYS + 1 });
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
      clos: market.text(bar.close),
      sign: signOf(bar.close, before),
      diff: market.text(Math.abs(bar.close - before)),
      rate: percent(bar.close, before),
      open: market.text(bar.open),
      high: market.text(bar.high),
      low: market.text(bar.low),
      tvol: bar.volume,
      tamt: Math.round(market.whole(bar.volume * bar.close)),
      pbid: market.text(bar.close - market.tick(issue, bar.close)),
      vbid: 1,
      pask: market.text(bar.close + market.tick(issue, bar.close)),
      vask: 1,
    };
  });
  return { blocks: { output1: { ...head, nrec: output2.length }, output2 }, said: QUOTED };
}

/** 해외주식분봉조회, newest first; NEXT with KEYB goes back. */
export function abroadMinutes(call: Call, _ground: Ground, markets: AbroadMarkets): Reply {
  const { issue, market } = asked(call, markets);
  const minutes = Math.max(1, Number(call.params.text('NMIN')) || 1);
  const wanted = Math.min(BARS, Math.max(1, Number(call.params.text('NREC')) || BARS));
  const keyb = call.params.text('KEYB');
  const merged = new Map<number, { open: number; high: number; low: number; close: number; volume: number }>();
  for (const bar of issue ? market.bars(issue) : []) {
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
    const [local, korean] = [market.stamp(at), koreanStamp(at)];
    return {
      tymd: local.date,
      xymd: local.date,
      xhms: local.time,
      kymd: korean.date,
      khms: korean.time,
      open: market.text(bar.open),
      high: market.text(bar.high),
      low: market.text(bar.low),
      last: market.text(bar.close),
      evol: bar.volume,
      eamt: Math.round(market.whole(bar.volume * bar.close)),
    };
  });
  const back = call.params.text('NEXT') === '1' && keyb !== '';
  const shown = back ? rows.filter((row) => `${row['xymd'] ?? ''}${row['xhms'] ?? ''}` <= keyb) : rows;
  const output2 = shown.slice(0, wanted);
  const more = shown.length > output2.length ? 1 : 0;
  const output1 = {
    rsym: issue ? keyOf(issue) : '',
    zdiv: market.facts.priceScale,
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
