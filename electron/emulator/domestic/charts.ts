/** Charts of domestic issues: minutes of today and of days before, days, weeks, months, and the trades of today by time. */
import { epochMs, kstInstant, MINUTE_MS } from '#shared/time/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { divisionOf, askedIssue, type Call, type Ground, type Reply } from '../ground.ts';
import { dateText, isoOf, percent, signOf, timeText, ymd } from '../server-text.ts';
import type { Row } from '../shape.ts';
import type { MinuteBar } from '../tape.ts';
import { gathered, todayBar, type DayBar, type History } from './history.ts';
import { lookAt, venuesOf, type Look } from './look.ts';
import { priceFields, QUOTED, strengthOf, tradesOf } from './quotes.ts';

interface Asked {
  readonly look: Look;
  readonly nameKo: string;
}

function asked(call: Call, ground: Ground): Asked | undefined {
  const division = divisionOf(call.params);
  const issue = askedIssue(ground, call.params.needed('FID_INPUT_ISCD'), division);
  const look = issue && lookAt(ground, issue.id, division);
  return issue && look && { look, nameKo: issue.instrument.nameKo };
}

function head({ look, nameKo }: Asked): Row {
  return { ...priceFields(look), stck_prdy_clpr: look.base, hts_kor_isnm: nameKo, stck_shrn_iscd: look.id.slice(4) };
}

/** Minute bars of a division, oldest first, with the day's value at the end of each. */
function minutesOf(ground: Ground, look: Look): readonly MinuteBar[] {
  const venues = venuesOf(look.division).map((venue) => ground.tape.day(look.id, venue).minutes);
  const [first, second] = venues;
  if (!first || !second) return first ?? [];
  const byStart = new Map<number, MinuteBar>();
  for (const bar of [...first, ...second]) {
    const known = byStart.get(bar.startTs);
    if (!known) byStart.set(bar.startTs, { ...bar });
    else {
      known.high = Math.max(known.high, bar.high);
      known.low = Math.min(known.low, bar.low);
      known.volume += bar.volume;
      known.value += bar.value;
    }
  }
  return [...byStart.values()].sort((a, b) => a.startTs - b.startTs);
}

function minuteRow(bar: MinuteBar): Row {
  const at = epochMs(bar.startTs);
  return {
    stck_bsop_date: dateText(at),
    stck_cntg_hour: timeText(at),
    stck_prpr: bar.close,
    stck_oprc: bar.open,
    stck_hgpr: bar.high,
    stck_lwpr: bar.low,
    cntg_vol: bar.volume,
    acml_tr_pbmn: bar.value,
  };
}

/** 주식당일분봉조회: 30 minutes up to a time, newest first. */
export function todayMinutes(call: Call, ground: Ground): Reply {
  const found = asked(call, ground);
  if (!found) return { blocks: { output1: {}, output2: [] }, said: QUOTED };
  const until = call.params.text('FID_INPUT_HOUR_1') || '235959';
  const rows = minutesOf(ground, found.look)
    .map(minuteRow)
    .filter((row) => String(row['stck_cntg_hour']) <= until)
    .reverse();
  return { blocks: { output1: head(found), output2: rows.slice(0, 30) }, said: QUOTED };
}

/** Minutes of a day that was not played here: a walk within the day's bar, the same whenever it is asked. */
function madeMinutes(ground: Ground, id: string, day: DayBar): readonly MinuteBar[] {
  const rng = Rng.from(ground.seed, `minutes/${id}/${day.date}`);
  const start = kstInstant(day.date, 9 * 60 * MINUTE_MS);
  const bars: MinuteBar[] = [];
  const count = 390;
  let [price, value] = [day.open, 0];
  for (let minute = 0; minute < count; minute += 1) {
    const goal = day.close + ((day.open - day.close) * (count - 1 - minute)) / count;
    const next =
      minute === count - 1 ? day.close : within(price + (goal - price) / 10 + (rng.normal() * day.close) / 3_000, day);
    const [open, close] = [within(price, day), within(next, day)];
    const volume = Math.max(1, Math.floor((day.volume / count) * (0.4 + rng.unit())));
    value += volume * close;
    const [high, low] = [Math.max(open, close), Math.min(open, close)];
    bars.push({ startTs: start + minute * MINUTE_MS, open, high, low, close, volume, value });
    price = next;
  }
  return bars;
}

function within(price: number, { high, low }: DayBar): number {
  const step =
    high >= 500_000
      ? 1_000
      : high >= 200_000
        ? 500
        : high >= 50_000
          ? 100
          : high >= 20_000
            ? 50
            : high >= 5_000
              ? 10
              : high >= 2_000
                ? 5
                : 1;
  return Math.min(high, Math.max(low, Math.round(price / step) * step));
}

/** 주식일별분봉조회: 120 minutes up to a time of a day, newest first, going back over days. */
export function dayMinutes(call: Call, ground: Ground, history: History): Reply {
  const found = asked(call, ground);
  if (!found) return { blocks: { output1: {}, output2: [] }, said: QUOTED };
  const date = isoOf(call.params.needed('FID_INPUT_DATE_1'));
  const until = `${ymd(date)}${call.params.text('FID_INPUT_HOUR_1') || '235959'}`;
  const rows: Row[] = [];
  const take = (bars: readonly MinuteBar[]): void => {
    for (const bar of bars.toReversed()) {
      const row = minuteRow(bar);
      if (`${row['stck_bsop_date'] ?? ''}${row['stck_cntg_hour'] ?? ''}` <= until) rows.push(row);
    }
  };
  take(minutesOf(ground, found.look));
  const onlyThatDay = call.params.text('FID_PW_DATA_INCU_YN') === 'N';
  for (const day of history.before(ground, found.look.id, 60)) {
    if (rows.length >= 120) break;
    if (day.date <= date) take(madeMinutes(ground, found.look.id, day));
  }
  const shown = onlyThatDay ? rows.filter((row) => row['stck_bsop_date'] === ymd(date)) : rows;
  return { blocks: { output1: head(found), output2: shown.slice(0, 120) }, said: QUOTED };
}

function days(ground: Ground, look: Look, history: History, count: number): readonly DayBar[] {
  const today = todayBar(ground, look.id);
  const before = history.before(ground, look.id, count);
  return today ? [today, ...before] : before;
}

/** 주식현재가 일자별: 30 days, weeks or months. */
export function dailyPrices(call: Call, ground: Ground, history: History): Reply {
  const found = asked(call, ground);
  if (!found) return { blocks: { output: [] }, said: QUOTED };
  const period = call.params.text('FID_PERIOD_DIV_CODE').toUpperCase() || 'D';
  const length = period === 'M' ? 700 : period === 'W' ? 160 : 31;
  const bars = gathered(days(ground, found.look, history, length), period);
  const output = bars.slice(0, 30).map((bar, place): Row => {
    const before = bars[place + 1] ?? bar;
    return {
      stck_bsop_date: ymd(bar.date),
      stck_oprc: bar.open,
      stck_hgpr: bar.high,
      stck_lwpr: bar.low,
      stck_clpr: bar.close,
      acml_vol: bar.volume,
      prdy_vrss_vol_rate: percent(bar.volume, before.volume),
      prdy_vrss: bar.close - before.close,
      prdy_vrss_sign: signOf(bar.close, before.close),
      prdy_ctrt: percent(bar.close, before.close),
      hts_frgn_ehrt: '0.00',
      frgn_ntby_qty: 0,
      flng_cls_code: '00',
      acml_prtt_rate: '0.00',
    };
  });
  return { blocks: { output }, said: QUOTED };
}

/** 국내주식기간별시세: up to 100 bars between two dates, newest first. */
export function periodPrices(call: Call, ground: Ground, history: History): Reply {
  const found = asked(call, ground);
  if (!found) return { blocks: { output1: {}, output2: [] }, said: QUOTED };
  const { params } = call;
  const [from, to] = [isoOf(params.needed('FID_INPUT_DATE_1')), isoOf(params.needed('FID_INPUT_DATE_2'))];
  const period = params.text('FID_PERIOD_DIV_CODE').toUpperCase() || 'D';
  const all = days(ground, found.look, history, 800);
  const bars = gathered(
    all.filter(({ date }) => date >= from && date <= to),
    period,
  );
  const output2 = bars.slice(0, 100).map((bar, place): Row => {
    const before = bars[place + 1] ?? all.find(({ date }) => date < bar.date) ?? bar;
    return {
      stck_bsop_date: ymd(bar.date),
      stck_clpr: bar.close,
      stck_oprc: bar.open,
      stck_hgpr: bar.high,
      stck_lwpr: bar.low,
      acml_vol: bar.volume,
      acml_tr_pbmn: bar.value,
      flng_cls_code: '00',
      prtt_rate: '0.00',
      mod_yn: 'N',
      prdy_vrss_sign: signOf(bar.close, before.close),
      prdy_vrss: bar.close - before.close,
      revl_issu_reas: '',
    };
  });
  const yesterday = history.before(ground, found.look.id, 1)[0];
  const output1: Row = {
    ...head(found),
    prdy_vol: yesterday?.volume ?? 0,
    stck_prdy_oprc: yesterday?.open ?? 0,
    stck_prdy_hgpr: yesterday?.high ?? 0,
    stck_prdy_lwpr: yesterday?.low ?? 0,
    askp: found.look.ask,
    bidp: found.look.bid,
    prdy_vrss_vol: found.look.volume - (yesterday?.volume ?? 0),
    vol_tnrt: '0.00',
    stck_fcam: 100,
    lstn_stcn: ground.instrument(found.look.id)?.listedShares ?? 0,
    'itewhol_loan_rmnd_ratem name': '0.00',
  };
  return { blocks: { output1, output2 }, said: QUOTED };
}

/** 주식현재가 당일시간대별체결: trades up to a time, newest first. */
export function tradesByTime(call: Call, ground: Ground): Reply {
  const found = asked(call, ground);
  if (!found) return { blocks: { output1: {}, output2: [] }, said: QUOTED };
  const { look } = found;
  const until = call.params.text('FID_INPUT_HOUR_1') || '235959';
  const output2 = tradesOf(ground, look.id, look.division)
    .filter(({ ts }) => timeText(ts) <= until)
    .slice(0, 30)
    .map((trade): Row => ({
      stck_cntg_hour: timeText(trade.ts),
      stck_pbpr: trade.price,
      stck_prpr: trade.price,
      prdy_vrss: trade.price - look.base,
      prdy_vrss_sign: signOf(trade.price, look.base, look),
      prdy_ctrt: percent(trade.price, look.base),
      askp: look.ask,
      bidp: look.bid,
      tday_rltv: strengthOf(trade),
      acml_vol: trade.volume,
      cnqn: trade.quantity,
    }));
  return { blocks: { output1: { ...head(found), prdy_vol: 0, rprs_mrkt_kor_name: 'KOSPI' }, output2 }, said: QUOTED };
}
