/** The night of futures and options: its hours and its session, which contracts it has, and what its calls and rows look like. */
import { describe, expect, it } from 'vitest';
import type { KisAnswer } from '#core/broker/index.ts';
import { derivativeBalance, derivativePower, derivativePowerOf } from '#core/broker/kis/derivatives/wire/balance.ts';
import { knownContract, nightContract } from '#core/broker/kis/derivatives/wire/names.ts';
import {
  isNightNo,
  nightCcnl,
  nightNo,
  nightOrderRows,
  plainNo,
} from '#core/broker/kis/derivatives/wire/order-rows.ts';
import { derivativeChange, derivativeOrder } from '#core/broker/kis/derivatives/wire/order.ts';
import {
  derivativeCodeOf,
  derivativeKindRefusal,
  derivativePhase,
  krxCalendar,
  nightAt,
  nightBefore,
  nightSession,
  tradesAtNight,
} from '#shared/market/index.ts';
import { kstInstant, sessionDate, timeOfDayMs, type EpochMs } from '#shared/time/index.ts';

const ACCOUNT = { CANO: '12345678', ACNT_PRDT_CD: '03' };
const at = (date: string, time: string): EpochMs => kstInstant(sessionDate(date), timeOfDayMs(time));
const answer = (blocks: KisAnswer['blocks']): KisAnswer => ({
  blocks,
  top: {},
  messageCode: '',
  message: '',
  more: false,
});

describe('a night', () => {
  it.each([
    // Friday evening to Saturday morning is Monday's.
    ['2026-11-27', '17:59', '2026-11-27', false],
    ['2026-11-27', '18:00', '2026-11-30', true],
    ['2026-11-28', '05:59', '2026-11-30', true],
    ['2026-11-28', '06:00', '2026-11-30', false],
    ['2026-11-29', '20:00', '2026-11-30', false],
    ['2026-11-30', '02:00', '2026-11-30', false],
    // Christmas Eve is a trading day: its night is that of the Monday after the holiday and the weekend.
    ['2026-12-24', '23:00', '2026-12-28', true],
    ['2026-12-25', '19:00', '2026-12-28', false],
  ] as const)('%s %s is of the session of %s, night %s', (date, time, session, night) => {
    expect(nightSession(krxCalendar, at(date, time))).toBe(session);
    expect(nightAt(krxCalendar, at(date, time)) !== null).toBe(night);
  });

  it('has the contracts on indices, bonds and the dollar, and no single shares', () => {
    const ids = ['KRXF:A01612', 'KRXF:A05612', 'KRXF:B01612360', 'KRXF:A06612', 'KRXC:A65612', 'KRXC:A75612'] as const;
    expect(ids.filter((id) => !tradesAtNight(id))).toEqual([]);
    expect(tradesAtNight('KRXJ:A11612')).toBe(false);
    expect(tradesAtNight('KRXC:A88612')).toBe(false);
    expect(tradesAtNight('KRX:005930')).toBe(false);
  });

  it('is a phase of what is traded in it, until its last day has been', () => {
    const phase = (date: string, lastDay: string | null, nights: boolean): string =>
      derivativePhase(krxCalendar, { at: at(date, '22:00'), lastDay, nights });
    expect(phase('2026-12-09', '2026-12-10', true)).toBe('night');
    expect(phase('2026-12-10', '2026-12-10', true)).toBe('closed');
    expect(phase('2026-12-09', null, false)).toBe('closed');
  });

  it('takes orders of its own only, and the day takes none of them', () => {
    const row = derivativeCodeOf({ type: 'limit', timeInForce: 'day', session: 'night', route: 'KRX' });
    const conditional = derivativeCodeOf({
      type: 'conditionalLimit',
      timeInForce: 'day',
      session: 'night',
      route: 'KRX',
    });
    if (!row || !conditional) throw new Error('no such order');
    expect(derivativeKindRefusal(row, { phase: 'night', session: 'night' })).toBeNull();
    expect(derivativeKindRefusal(row, { phase: 'night', session: 'regular' })).toBe('SESSION');
    expect(derivativeKindRefusal(row, { phase: 'continuous', session: 'night' })).toBe('SESSION');
    expect(derivativeKindRefusal(conditional, { phase: 'night', session: 'night' })).toBe('TYPE');
    expect(derivativeCodeOf({ type: 'limit', timeInForce: 'day', session: 'after', route: 'KRX' })).toBeNull();
  });
});

describe('the calls of the night', () => {
  const night = nightBefore(krxCalendar, sessionDate('2026-11-30'));

  it('go by its own TR ids and names', () => {
    const kind = derivativeCodeOf({ type: 'limit', timeInForce: 'day', session: 'night', route: 'KRX' });
    if (!kind) throw new Error('no limit order');
    const order = { code: 'A01612', side: 'buy', kind, quantity: 1, price: 35_505, night: true } as const;
    expect(derivativeOrder(ACCOUNT, order).select).toEqual({ session: 'night' });
    expect(derivativeChange(ACCOUNT, { no: '1', kind, price: null, night: true }).select).toEqual({ session: 'night' });
    expect(derivativeBalance(ACCOUNT, true)).toMatchObject({
      api: 'domestic-futureoption.inquire-ngt-balance',
      params: { ACNT_PWD: '', MGNA_DVSN: '01' },
    });
    const contract = knownContract('KRXF:A01612');
    expect(derivativePower(ACCOUNT, { at: contract, side: 'buy', price: 35_505, night: true })).toMatchObject({
      api: 'domestic-futureoption.inquire-psbl-ngt-order',
      params: { PRDT_TYPE_CD: '301', PDNO: 'A01612' },
    });
    expect(nightCcnl(ACCOUNT, night).params).toMatchObject({
      STRT_ORD_DT: '20261127',
      END_ORD_DT: '20261130',
      FUOP_DVSN_CD: '00',
    });
    expect(nightContract(contract)).toMatchObject({
      division: 'CM',
      channels: { trades: 'domestic-futureoption.krx-ngt-futures-ccnl' },
    });
    expect(nightContract(knownContract('KRXF:B01612360')).division).toBe('EU');
  });

  it('say what closes in words of their own', () => {
    const told = {
      max_ord_psbl_qty: '5',
      tot_psbl_qty: '5',
      lqd_psbl_qty: '2',
      lqd_psbl_qty_1: '2',
      ord_psbl_qty: '3',
    };
    expect(derivativePowerOf(answer({ output: told }))).toEqual({ open: 3, close: 2 });
  });

  const rowOf = (date: string, time: string) => ({
    ord_dt: date,
    odno: '0050000001',
    orgn_odno: '',
    sll_buy_dvsn_cd: '02',
    trad_dvsn_name: '매수',
    nmpr_type_name: '최유리 IOC',
    pdno: 'A01612',
    ord_qty: '2',
    ord_idx4: '355.05',
    qty: '2',
    ord_tmd: time,
    tot_ccld_qty: '0',
    avg_idx: '0',
    tot_ccld_amt: '0',
    rjct_qty: '0',
  });
  const read = (date: string, time: string, now: EpochMs) =>
    nightOrderRows(answer({ output1: [rowOf(date, time)] }), { night, now, calendar: krxCalendar }, () => false);

  it('are read under the session, a number of their own, and the price and kind by their words', () => {
    const [row] = read('20261127', '201502', at('2026-11-27', '20:16'));
    expect(row).toMatchObject({
      date: '2026-11-30',
      no: 'N0050000001',
      session: 'night',
      kind: { type: 'bestOpposite', timeInForce: 'ioc' },
      price: 35_505,
      receivedTs: at('2026-11-27', '20:15:02'),
    });
    expect([isNightNo('N0050000001'), isNightNo('0050000001')]).toEqual([true, false]);
    expect(plainNo(nightNo('0050000001'))).toBe('0050000001');
  });

  it('are found whether the rows name the day on the calendar or the session, and another night’s are left out', () => {
    const now = at('2026-11-28', '01:00');
    expect(read('20261128', '003000', now)[0]?.receivedTs).toBe(at('2026-11-28', '00:30'));
    expect(read('20261130', '003000', now)[0]?.receivedTs).toBe(at('2026-11-28', '00:30'));
    expect(read('20261130', '201500', now)[0]?.receivedTs).toBe(at('2026-11-27', '20:15'));
    expect(read('20261127', '030000', now)).toEqual([]);
    // The Monday evening is the night of Tuesday.
    expect(read('20261130', '201500', at('2026-11-30', '21:00'))).toEqual([]);
  });
});
