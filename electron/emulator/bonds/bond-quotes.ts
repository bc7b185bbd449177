/** Quotes of bonds: price, book, trades, days, and what a bond is. */
import { Rng } from '#shared/rng/index.ts';
import { addDays, DAY_MS, kstDate, kstInstant, weekday, type SessionDate } from '#shared/time/index.ts';
import { QUOTED } from '../domestic/quotes.ts';
import type { Call, Ground, Reply } from '../ground.ts';
import { percent, signOf, timeText, ymd } from '../server-text.ts';
import type { Row } from '../shape.ts';
import { bondIssue, type BondIssue } from './bond-issues.ts';
import { TICK, type BondMarket } from './bond-market.ts';

const TRADES = 30;
const LEVELS = 5;
const YEAR_DAYS = 365;

function asked(call: Call): BondIssue | undefined {
  return bondIssue(call.params.needed('FID_INPUT_ISCD'));
}

/** A rough yield in percent: coupon and the way to par, over the price. Made up like everything here. */
export function yieldText(issue: BondIssue, price: number, date: SessionDate): string {
  const days = (kstInstant(issue.maturity, 0) - kstInstant(date, 0)) / DAY_MS;
  const years = Math.max(days, 1) / YEAR_DAYS;
  const coupon = (issue.couponPpm / 1_000_000) * 10_000;
  const won = price / TICK;
  return (((coupon + (10_000 - won) / years) / won) * 100).toFixed(3);
}

const today = (ground: Ground): SessionDate => kstDate(ground.now());

/** 장내채권현재가(시세) */
export function bondPrice(call: Call, ground: Ground, market: BondMarket): Reply {
  const issue = asked(call);
  if (!issue) return { blocks: { output: {} }, said: QUOTED };
  const { base, open, high, low, volume } = market.day(issue);
  const last = market.last(issue);
  const { upper, lower } = market.limits(issue);
  const rate = (price: number): string => yieldText(issue, price > 0 ? price : last, today(ground));
  const output: Row = {
    stnd_iscd: issue.code,
    hts_kor_isnm: issue.nameKo,
    bond_prpr: market.text(last),
    prdy_vrss_sign: signOf(last, base),
    bond_prdy_vrss: market.text(last - base),
    prdy_ctrt: percent(last, base),
    acml_vol: volume,
    bond_prdy_clpr: market.text(base),
    bond_oprc: market.text(open),
    bond_hgpr: market.text(high),
    bond_lwpr: market.text(low),
    ernn_rate: rate(last),
    oprc_ert: rate(open),
    hgpr_ert: rate(high),
    lwpr_ert: rate(low),
    bond_mxpr: market.text(upper),
    bond_llam: market.text(lower),
  };
  return { blocks: { output }, said: QUOTED };
}

/** 장내채권현재가(호가) */
export function bondAsking(call: Call, ground: Ground, market: BondMarket): Reply {
  const issue = asked(call);
  if (!issue) return { blocks: { output: {} }, said: QUOTED };
  const output: Record<string, string | number> = { aspr_acpt_hour: timeText(ground.now()) };
  let [asked1, bid1] = [0, 0];
  for (let level = 1; level <= LEVELS; level += 1) {
    const ask = market.depth(issue, 'sell')[level - 1];
    const bid = market.depth(issue, 'buy')[level - 1];
    output[`bond_askp${level}`] = market.text(ask?.price ?? 0);
    output[`bond_bidp${level}`] = market.text(bid?.price ?? 0);
    output[`askp_rsqn${level}`] = ask?.qty ?? 0;
    output[`bidp_rsqn${level}`] = bid?.qty ?? 0;
    output[`seln_ernn_rate${level}`] = ask ? yieldText(issue, ask.price, today(ground)) : '0.000';
    output[`shnu_ernn_rate${level}`] = bid ? yieldText(issue, bid.price, today(ground)) : '0.000';
    asked1 += ask?.qty ?? 0;
    bid1 += bid?.qty ?? 0;
  }
  Object.assign(output, { total_askp_rsqn: asked1, total_bidp_rsqn: bid1, ntby_aspr_rsqn: bid1 - asked1 });
  return { blocks: { output }, said: QUOTED };
}

/** 장내채권현재가(체결), newest first */
export function bondTrades(call: Call, _ground: Ground, market: BondMarket): Reply {
  const issue = asked(call);
  if (!issue) return { blocks: { output: [] }, said: QUOTED };
  const { base, volume } = market.day(issue);
  let left = volume;
  const output = [...market.trades(issue)]
    .reverse()
    .slice(0, TRADES)
    .map((trade): Row => {
      const row = {
        stck_cntg_hour: timeText(trade.ts),
        bond_prpr: market.text(trade.price),
        bond_prdy_vrss: market.text(trade.price - base),
        prdy_vrss_sign: signOf(trade.price, base),
        prdy_ctrt: percent(trade.price, base),
        cntg_vol: trade.quantity,
        acml_vol: left,
      };
      left -= trade.quantity;
      return row;
    });
  return { blocks: { output }, said: QUOTED };
}

interface DayBar {
  readonly date: SessionDate;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** Made-up days before today, newest first: they lead to today's base price. */
function pastDays(
  ground: Ground,
  issue: BondIssue,
  from: { readonly close: number; readonly count: number },
): DayBar[] {
  const bars: DayBar[] = [];
  const rng = Rng.from(ground.seed, `bond-days/${issue.code}`);
  const ticks = (most: number): number => rng.int(most + 1) * TICK;
  let { close } = from;
  let date = today(ground);
  while (bars.length < from.count) {
    date = addDays(date, -1);
    if (weekday(date) === 0 || weekday(date) === 6) continue;
    const open = close + ticks(20) - 10 * TICK;
    const high = Math.max(open, close) + ticks(5);
    const low = Math.min(open, close) - ticks(5);
    bars.push({ date, open, high, low, close, volume: issue.usual * (5 + rng.int(20)) });
    close = open + ticks(6) - 3 * TICK;
  }
  return bars;
}

function daysOf(call: Call, ground: Ground, market: BondMarket): readonly Row[] {
  const issue = asked(call);
  if (!issue) return [];
  const count = call.api.pageSize?.rows ?? 100;
  const { base, open, high, low, last: close, volume } = market.day(issue);
  const bars = pastDays(ground, issue, { close: base, count: count + 1 });
  if (volume > 0) bars.unshift({ date: today(ground), open, high, low, close, volume });
  return bars.slice(0, count).map((bar, place): Row => {
    const before = bars[place + 1]?.close ?? bar.open;
    return {
      stck_bsop_date: ymd(bar.date),
      bond_prpr: market.text(bar.close),
      bond_prdy_vrss: market.text(bar.close - before),
      prdy_vrss_sign: signOf(bar.close, before),
      prdy_ctrt: percent(bar.close, before),
      acml_vol: bar.volume,
      bond_oprc: market.text(bar.open),
      bond_hgpr: market.text(bar.high),
      bond_lwpr: market.text(bar.low),
    };
  });
}

/** 장내채권현재가(일별) and 장내채권 기간별시세(일), newest first */
export function bondDaily(call: Call, ground: Ground, market: BondMarket): Reply {
  return { blocks: { output: daysOf(call, ground, market) }, said: QUOTED };
}

/** 일반채권 실시간체결가 (H0BJCNT0) */
export function bondTradeRow(
  market: BondMarket,
  issue: BondIssue,
  trade: { price: number; quantity: number; time: string; date: SessionDate },
): Row {
  const { base, open, high, low, volume } = market.day(issue);
  const { price, quantity, time, date } = trade;
  return {
    stnd_iscd: issue.code,
    bond_isnm: issue.nameKo,
    stck_cntg_hour: time,
    prdy_vrss_sign: signOf(price, base),
    prdy_vrss: market.text(price - base),
    prdy_ctrt: percent(price, base),
    stck_prpr: market.text(price),
    cntg_vol: quantity,
    stck_oprc: market.text(open),
    stck_hgpr: market.text(high),
    stck_lwpr: market.text(low),
    stck_prdy_clpr: market.text(base),
    bond_cntg_ert: yieldText(issue, price, date),
    oprc_ert: yieldText(issue, open || price, date),
    hgpr_ert: yieldText(issue, high || price, date),
    lwpr_ert: yieldText(issue, low || price, date),
    acml_vol: volume,
    prdy_vol: 0,
    cntg_type_cls_code: '0',
  };
}

/** 일반채권 실시간호가 (H0BJASP0) */
export function bondBookRow(market: BondMarket, issue: BondIssue, at: { time: string; date: SessionDate }): Row {
  const row: Record<string, string | number> = { stnd_iscd: issue.code, stck_cntg_hour: at.time };
  const [asks, bids] = [market.depth(issue, 'sell'), market.depth(issue, 'buy')];
  for (let level = 1; level <= LEVELS; level += 1) {
    const [ask, bid] = [asks[level - 1], bids[level - 1]];
    const last = level === LEVELS;
    row[`askp_ert${level}`] = ask ? yieldText(issue, ask.price, at.date) : '0.000';
    row[`bidp_ert${level}`] = bid ? yieldText(issue, bid.price, at.date) : '0.000';
    row[`askp${level}`] = market.text(ask?.price ?? 0);
    row[`bidp${level}`] = market.text(bid?.price ?? 0);
    // The columns of the fifth level are written so at the broker.
    row[last ? 'askp_rsqn52' : `askp_rsqn${level}`] = ask?.qty ?? 0;
    row[last ? 'bidp_rsqn53' : `bidp_rsqn${level}`] = bid?.qty ?? 0;
  }
  row['total_askp_rsqn'] = asks.reduce((sum, { qty }) => sum + qty, 0);
  row['total_bidp_rsqn'] = bids.reduce((sum, { qty }) => sum + qty, 0);
  return row;
}
