/** What is asked of the market as a whole: indices, ranks, holidays, hours, facts of an issue, interruptions. */
import { addDays, isSessionDate, kstInstant, MINUTE_MS, weekday, type SessionDate } from '#shared/time/index.ts';
import type { InstrumentId } from '#shared/domain/index.ts';
import { askedIssue, divisionOf, idOf, type Call, type Division, type Ground, type Reply } from '../ground.ts';
import { Refused } from '../refusals.ts';
import { dateText, isoOf, percent, ratio, signOf, timeText, ymd } from '../server-text.ts';
import type { Row } from '../shape.ts';
import { askedPrice, type Look } from './look.ts';
import { lookAt } from './look.ts';
import { priceFields, QUOTED } from './quotes.ts';

const RANKED = 30;
/** Values of the indices at the previous close, made up. */
const INDEX_BASE: Readonly<Record<string, { readonly market: 'KOSPI' | 'KOSDAQ'; readonly base: number }>> = {
  '0001': { market: 'KOSPI', base: 2_700 },
  '1001': { market: 'KOSDAQ', base: 850 },
  '2001': { market: 'KOSPI', base: 360 },
};

/** An index as it stands; undefined for one that is not computed here. */
export interface IndexLook {
  readonly code: string;
  readonly value: number;
  readonly base: number;
  readonly volume: number;
  /** Won. */
  readonly traded: number;
  readonly up: number;
  readonly down: number;
  readonly flat: number;
  readonly atUpper: number;
  readonly atLower: number;
}

/** Looks of all issues of a division, those that are traded there. */
export function allLooks(ground: Ground, division: Division): Look[] {
  return ground.simulator
    .instrumentIds()
    .map((id) => lookAt(ground, id, division))
    .filter((look): look is Look => look !== undefined);
}

/** The index of a code from the issues of its market. */
export function indexLook(ground: Ground, code: string): IndexLook | undefined {
  const facts = INDEX_BASE[code];
  if (!facts) return undefined;
  const state = ground.simulator.markets().find(({ market }) => market === facts.market);
  const looks = allLooks(ground, 'J').filter(({ id }) => ground.instrument(id)?.market === facts.market);
  const count = (test: (look: Look, price: number) => boolean): number =>
    looks.filter((look) => test(look, askedPrice(look))).length;
  return {
    code,
    value: facts.base * (1 + (state?.indexChangePpm ?? 0) / 1_000_000),
    base: facts.base,
    volume: looks.reduce((sum, { volume }) => sum + volume, 0),
    traded: looks.reduce((sum, { value }) => sum + value, 0),
    up: count((look, price) => price > look.base),
    down: count((look, price) => price < look.base),
    flat: count((look, price) => price === look.base),
    atUpper: count((look, price) => price === look.upperLimit),
    atLower: count((look, price) => price === look.lowerLimit),
  };
}

/** 국내업종 현재지수 */
export function indexPrice(call: Call, ground: Ground): Reply {
  const look = indexLook(ground, call.params.needed('FID_INPUT_ISCD'));
  if (!look) return { blocks: { output: {} }, said: QUOTED };
  const { value, base } = look;
  const output: Row = {
    bstp_nmix_prpr: value.toFixed(2),
    bstp_nmix_prdy_vrss: (value - base).toFixed(2),
    prdy_vrss_sign: signOf(value, base),
    bstp_nmix_prdy_ctrt: percent(value, base),
    // Thousands of units and millions of won, as the broker shows an index.
    acml_vol: Math.round(look.volume / 1_000),
    acml_tr_pbmn: Math.round(look.traded / 1_000_000),
    bstp_nmix_oprc: base.toFixed(2),
    oprc_vrss_prpr_sign: signOf(value, base),
    bstp_nmix_hgpr: Math.max(value, base).toFixed(2),
    hgpr_vrss_prpr_sign: '3',
    bstp_nmix_lwpr: Math.min(value, base).toFixed(2),
    lwpr_vrss_prpr_sign: '3',
    ascn_issu_cnt: look.up,
    uplm_issu_cnt: look.atUpper,
    stnr_issu_cnt: look.flat,
    down_issu_cnt: look.down,
    lslm_issu_cnt: look.atLower,
  };
  return { blocks: { output }, said: QUOTED };
}

function withinWish(call: Call, look: Look): boolean {
  const price = askedPrice(look);
  const number = (name: string): number => Number(call.params.text(name)) || 0;
  const [from, to, least] = [number('FID_INPUT_PRICE_1'), number('FID_INPUT_PRICE_2'), number('FID_VOL_CNT')];
  return (from === 0 || price >= from) && (to === 0 || price <= to) && look.volume >= least;
}

const ofMarket = (ground: Ground, id: InstrumentId, code: string): boolean =>
  code === '1001'
    ? ground.instrument(id)?.market === 'KOSDAQ'
    : code === '0001'
      ? ground.instrument(id)?.market === 'KOSPI'
      : true;

/** 거래량순위 */
export function volumeRank(call: Call, ground: Ground): Reply {
  const division = divisionOf(call.params);
  const byValue = call.params.text('FID_BLNG_CLS_CODE') === '3';
  const looks = allLooks(ground, division)
    .filter((look) => withinWish(call, look) && ofMarket(ground, look.id, call.params.text('FID_INPUT_ISCD')))
    .sort((a, b) => (byValue ? b.value - a.value : b.volume - a.volume))
    .slice(0, RANKED);
  const output = looks.map((look, place): Row => {
    const shares = ground.instrument(look.id)?.listedShares ?? 0;
    return {
      hts_kor_isnm: ground.instrument(look.id)?.nameKo ?? '',
      mksc_shrn_iscd: look.id.slice(4),
      data_rank: place + 1,
      ...priceFields(look),
      prdy_vol: 0,
      lstn_stcn: shares,
      avrg_vol: look.volume,
      n_befr_clpr_vrss_prpr_rate: percent(askedPrice(look), look.base),
      vol_inrt: '0.00',
      vol_tnrt: ratio(look.volume * 100, shares),
      nday_vol_tnrt: ratio(look.volume * 100, shares),
      avrg_tr_pbmn: look.value,
    };
  });
  return { blocks: { output }, said: QUOTED };
}

/** 국내주식 등락률 순위 */
export function fluctuationRank(call: Call, ground: Ground): Reply {
  const division = divisionOf(call.params);
  const order = call.params.text('FID_RANK_SORT_CLS_CODE');
  const change = (look: Look): number => {
    const from = order === '2' || order === '3' ? look.open || look.base : look.base;
    const own = (askedPrice(look) - from) / from;
    return order === '4' ? Math.abs(own) : own;
  };
  const falling = order === '1' || order === '3';
  const looks = allLooks(ground, division)
    .filter((look) => withinWish(call, look) && ofMarket(ground, look.id, call.params.text('FID_INPUT_ISCD')))
    .sort((a, b) => (falling ? change(a) - change(b) : change(b) - change(a)))
    .slice(0, RANKED);
  const output = looks.map((look, place): Row => {
    const price = askedPrice(look);
    return {
      stck_shrn_iscd: look.id.slice(4),
      data_rank: place + 1,
      hts_kor_isnm: ground.instrument(look.id)?.nameKo ?? '',
      ...priceFields(look),
      hgpr_hour: look.highTs === 0 ? '000000' : timeText(look.highTs as never),
      acml_hgpr_date: dateText(ground.now()),
      lwpr_hour: look.lowTs === 0 ? '000000' : timeText(look.lowTs as never),
      acml_lwpr_date: dateText(ground.now()),
      lwpr_vrss_prpr_rate: percent(price, look.low),
      hgpr_vrss_prpr_rate: percent(price, look.high),
      dsgt_date_clpr_vrss_prpr_rate: percent(price, look.base),
      oprc_vrss_prpr_sign: signOf(price, look.open || price),
      oprc_vrss_prpr: price - (look.open || price),
      oprc_vrss_prpr_rate: percent(price, look.open || price),
      prd_rsfl: price - look.base,
      prd_rsfl_rate: percent(price, look.base),
    };
  });
  return { blocks: { output }, said: QUOTED };
}

const yes = (test: boolean): string => (test ? 'Y' : 'N');

/** 국내휴장일조회: 25 days from a date on; the context asks for the next. */
export function holidays(call: Call, ground: Ground): Reply {
  const asked = call.next ? call.params.text('CTX_AREA_NK') : call.params.needed('BASS_DT');
  const from = isoOf(asked === '' ? call.params.needed('BASS_DT') : asked);
  if (!isSessionDate(from)) throw new Refused('KIOK0140', '기준일자를 확인하십시오.');
  const output: Row[] = [];
  let date: SessionDate = from;
  const { calendar } = ground;
  while (output.length < 25 && date >= calendar.from && date <= calendar.to) {
    const open = calendar.isSession(date);
    const work = weekday(date) !== 0 && weekday(date) !== 6;
    output.push({
      bass_dt: ymd(date),
      wday_dvsn_cd: `0${weekday(date) + 1}`,
      bzdy_yn: yes(open),
      tr_day_yn: yes(work && open),
      opnd_yn: yes(open),
      sttl_day_yn: yes(open),
    });
    date = addDays(date, 1);
  }
  const more = output.length === 25;
  const top = { ctx_area_nk: more ? ymd(date) : '', ctx_area_fk: ymd(from) };
  return { blocks: { output }, top, trCont: more ? (call.next ? 'M' : 'F') : call.next ? 'E' : 'D', said: QUOTED };
}

/** 국내선물 영업일조회 (market-time): this and the next trading days, and the hours of the day. */
export function marketTime(_call: Call, ground: Ground): Reply {
  const { sessionDate: today } = ground.simulator.session();
  const next = (count: number): string => ymd(ground.calendar.addSessions(today, count));
  const output1: Row = {
    date1: next(-2),
    date2: next(-1),
    date3: ymd(today),
    date4: next(1),
    date5: next(2),
    today: dateText(ground.now()),
    time: timeText(ground.now()),
    s_time: timeText(kstInstant(today, 9 * 60 * MINUTE_MS)),
    e_time: timeText(kstInstant(today, (15 * 60 + 30) * MINUTE_MS)),
  };
  return { blocks: { output1 }, said: QUOTED };
}

/** 주식기본조회 */
export function stockInfo(call: Call, ground: Ground): Reply {
  const issue = askedIssue(ground, call.params.needed('PDNO'), 'J');
  if (!issue) return { blocks: { output: {} }, said: ['KIOK0560', '조회할 내용이 없습니다'] };
  const { instrument, listed, view, code } = issue;
  const fund = instrument.product === 'etp';
  const output: Row = {
    pdno: code.padStart(12, '0'),
    prdt_type_cd: '300',
    mket_id_cd: instrument.market === 'KOSPI' ? 'STK' : instrument.market === 'KOSDAQ' ? 'KSQ' : 'KNX',
    scty_grp_id_cd: fund ? 'EF' : 'ST',
    excg_dvsn_cd: instrument.market === 'KOSPI' ? '02' : '03',
    setl_mmdd: '12',
    lstg_stqt: instrument.listedShares ?? 0,
    papr: 100,
    kospi200_item_yn: yes(instrument.kospi200 === true),
    etf_dvsn_cd: fund ? '1' : '0',
    stck_kind_cd: '101',
    prdt_name: instrument.nameKo,
    prdt_name120: instrument.nameKo,
    prdt_abrv_name: instrument.nameKo,
    std_pdno: `KR7${code}000`,
    prdt_eng_name: instrument.nameEn ?? '',
    prdt_eng_name120: instrument.nameEn ?? '',
    prdt_eng_abrv_name: instrument.nameEn ?? '',
    dpsi_aptm_erlm_yn: 'Y',
    sbst_pric: Math.floor(view.basePrice * 0.7),
    thco_sbst_pric: Math.floor(view.basePrice * 0.7),
    tr_stop_yn: yes(view.halted),
    thdt_clpr: view.close || view.last || view.basePrice,
    bfdy_clpr: view.basePrice,
    clpr_chng_dt: dateText(ground.now()),
    elec_scty_yn: 'Y',
    cptt_trad_tr_psbl_yn: yes(listed.nxt === true),
    nxt_tr_stop_yn: 'N',
  };
  return { blocks: { output }, said: ['KIOK0530', '조회되었습니다'] };
}

/** 변동성완화장치(VI) 현황: issues that are interrupted now. */
export function viStatus(call: Call, ground: Ground): Reply {
  const code = call.params.text('FID_INPUT_ISCD');
  const ids = code === '' || /^0+$/.test(code) ? ground.simulator.instrumentIds() : [idOf(code)];
  const output = ids.flatMap((id): Row[] => {
    const view = ground.simulator.issue(id);
    const stopped = view?.interruption;
    if (stopped?.kind !== 'viStatic' && stopped?.kind !== 'viDynamic') return [];
    const reference = stopped.reference ?? 0;
    const fixed = stopped.kind === 'viStatic';
    return [
      {
        hts_kor_isnm: ground.instrument(id)?.nameKo ?? '',
        mksc_shrn_iscd: id.slice(4),
        vi_cls_code: 'Y',
        bsop_date: dateText(ground.now()),
        cntg_vi_hour: timeText(stopped.sinceTs as never),
        vi_cncl_hour: stopped.untilTs === null ? '000000' : timeText(stopped.untilTs as never),
        vi_kind_code: fixed ? '1' : '2',
        vi_prc: stopped.price ?? 0,
        vi_stnd_prc: fixed ? reference : 0,
        vi_dprt: fixed ? percent(stopped.price ?? 0, reference) : '0.00',
        vi_dmc_stnd_prc: fixed ? 0 : reference,
        vi_dmc_dprt: fixed ? '0.00' : percent(stopped.price ?? 0, reference),
        vi_count: 1,
      },
    ];
  });
  return { blocks: { output: output.slice(0, RANKED) }, said: QUOTED };
}
