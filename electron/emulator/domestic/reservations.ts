/** 주식예약주문: taken after the close, listed, changed and cancelled, and turned into orders at the next opening. */
import { codeOf, isPriced, type InstrumentId, type Side } from '#shared/domain/index.ts';
import { orderKindOf } from '#shared/market/index.ts';
import { addDays, isSessionDate, kstInstant, timeOfDayMs, type SessionDate } from '#shared/time/index.ts';
import { idOf, type Call, type Ground, type Reply } from '../ground.ts';
import { ASKED, echoOf, pageOf } from '../paging.ts';
import { orderRefused, Refused } from '../refusals.ts';
import { isoOf, timeText, ymd } from '../server-text.ts';
import { dateOf } from './account.ts';

/** Taken from 15:40 to 07:30 of the next session; the market here is shut after its evening. @source best knowledge of the portal's page */
const TAKEN_FROM = '15:40';
/** Furthest end of a period reservation, calendar days. @source best knowledge of the portal's page */
const MAX_PERIOD_DAYS = 30;
const KINDS = ['00', '01', '02', '05'];
/** ORD_OBJT_CBLC_DVSN_CD of an order in cash; credit is not reserved here. */
const IN_CASH = '10';
const ECHO = ['CANO', 'ACNT_PRDT_CD', 'RSVN_ORD_ORD_DT', 'RSVN_ORD_END_DT'];

interface Terms {
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly kindCode: string;
  readonly price: number;
  readonly quantity: number;
  readonly endDate: SessionDate | null;
}

interface Held {
  readonly no: string;
  /** The session after which it was taken. */
  readonly date: SessionDate;
  readonly takenTime: string;
  terms: Terms;
  canceled: { readonly date: SessionDate; readonly time: string } | null;
  /** Orders it became, oldest first. */
  readonly orders: { readonly date: SessionDate; readonly no: string }[];
  refused: string;
}

export class Reservations {
  readonly #list: Held[] = [];
  #watched = false;

  /** Takes a new one. */
  take(call: Call, ground: Ground): Reply {
    this.#watch(ground);
    const terms = termsOf(call, ground);
    const no = String(this.#list.length + 1);
    const { sessionDate } = ground.simulator.session();
    const takenTime = timeText(ground.now());
    this.#list.push({ no, date: sessionDate, takenTime, terms, canceled: null, orders: [], refused: '' });
    return { blocks: { output: { RSVN_ORD_SEQ: no } }, said: ['APBK0013', '예약주문이 접수되었습니다.'] };
  }

  /** Changes or cancels one that has not become an order. */
  change(call: Call, ground: Ground): Reply {
    const no = call.params.needed('RSVN_ORD_SEQ');
    const held = this.#list.find((each) => each.no === no);
    if (!held || held.canceled || held.refused !== '' || held.orders.length > 0)
      throw orderRefused('EXCH_UNKNOWN_ORDER', ground.facts.env);
    if (call.select['action'] === 'cancel') {
      held.canceled = { date: ground.simulator.session().sessionDate, time: timeText(ground.now()) };
    } else {
      const terms = termsOf(call, ground);
      if (terms.instrumentId !== held.terms.instrumentId || terms.side !== held.terms.side)
        throw orderRefused('EXCH_UNKNOWN_ORDER', ground.facts.env);
      held.terms = terms;
    }
    return { blocks: { output: { nrml_prcs_yn: 'Y' } }, said: ['APBK0013', '정상 처리 되었습니다.'] };
  }

  list(call: Call, ground: Ground): Reply {
    const [from, to] = [dateOf(call, 'RSVN_ORD_ORD_DT'), dateOf(call, 'RSVN_ORD_END_DT')];
    const { params } = call;
    const [kind, code, no] = [params.text('PRCS_DVSN_CD'), params.text('PDNO'), params.text('RSVN_ORD_SEQ')];
    const rows = this.#list
      .filter(
        (held) =>
          held.date >= from &&
          held.date <= to &&
          (params.text('CNCL_YN').toUpperCase() === 'Y' || held.canceled === null) &&
          (kind === '0' || (kind === '1') === held.orders.length > 0) &&
          (code === '' || held.terms.instrumentId === idOf(code)) &&
          (no === '' || held.no === no),
      )
      .map((held) => this.#row(held, ground))
      .reverse();
    const page = pageOf(call, {
      rows,
      size: call.api.pageSize?.[ground.facts.env] ?? rows.length,
      width: 200,
      keyOf: (row) => row.rsvn_ord_seq,
      echo: echoOf(call, ECHO),
    });
    return { blocks: { output: page.rows }, top: page.top, trCont: page.trCont, said: ASKED };
  }

  #row(held: Held, ground: Ground) {
    const { terms, canceled, orders } = held;
    const fills = orders.flatMap(({ date, no }) =>
      ground.simulator.executions(ground.accountId, date).filter(({ brokerOrderNo }) => brokerOrderNo === no),
    );
    return {
      rsvn_ord_seq: held.no,
      rsvn_ord_ord_dt: ymd(held.date),
      rsvn_ord_rcit_dt: ymd(held.date),
      rsvn_ord_rcit_tmd: held.takenTime,
      pdno: codeOf(terms.instrumentId),
      kor_item_shtn_name: ground.instrument(terms.instrumentId)?.nameKo ?? '',
      ord_dvsn_cd: terms.kindCode,
      sll_buy_dvsn_cd: terms.side === 'sell' ? '01' : '02',
      ord_rsvn_qty: terms.quantity,
      ord_rsvn_unpr: terms.price,
      tot_ccld_qty: fills.reduce((sum, { quantity }) => sum + quantity, 0),
      tot_ccld_amt: fills.reduce((sum, { quantity, price }) => sum + quantity * price, 0),
      cncl_ord_dt: canceled ? ymd(canceled.date) : '',
      cncl_rcit_tmd: canceled?.time ?? '',
      odno: orders.at(-1)?.no ?? '',
      rjct_rson2: held.refused,
      prcs_rslt: held.refused !== '' ? '거부' : orders.length > 0 ? '처리' : '',
      rsvn_end_dt: terms.endDate ? ymd(terms.endDate) : '',
      tmnl_mdia_kind_cd: '31',
    };
  }

  #watch(ground: Ground): void {
    if (this.#watched) return;
    this.#watched = true;
    const turn = (): void => this.#turn(ground);
    ground.simulator.watchMarket({ opened: () => undefined, traded: () => undefined, advanced: turn });
  }

  /** Sends what is due in this session; what the session does not take yet waits for its next turn. */
  #turn(ground: Ground): void {
    const { sessionDate } = ground.simulator.session();
    for (const held of this.#list) {
      const { terms, orders } = held;
      const isDue = sessionDate > held.date && (orders.length === 0 || sessionDate <= (terms.endDate ?? held.date));
      if (!isDue || held.canceled || held.refused !== '' || orders.some(({ date }) => date === sessionDate)) continue;
      const quantity = terms.quantity - this.#row(held, ground).tot_ccld_qty;
      const kind = orderKindOf(terms.kindCode);
      if (kind === null || quantity <= 0) continue;
      const { type, timeInForce, session } = kind;
      const taken = ground.simulator.submit({
        accountId: ground.accountId,
        instrumentId: terms.instrumentId,
        side: terms.side,
        type,
        timeInForce,
        session,
        route: 'KRX',
        price: isPriced(type) ? terms.price : null,
        stopPrice: null,
        quantity,
      });
      if (taken.ok) orders.push({ date: sessionDate, no: taken.brokerOrderNo });
      else if (taken.code !== 'EXCH_SESSION' && taken.code !== 'BROKER_UNAVAILABLE')
        held.refused = orderRefused(taken.code, ground.facts.env).message;
    }
  }
}

/** Reads and checks the terms of a call. */
function termsOf({ params }: Call, ground: Ground): Terms {
  const { env } = ground.facts;
  const { sessionDate, exchangeTs } = ground.simulator.session();
  if (exchangeTs < kstInstant(sessionDate, timeOfDayMs(TAKEN_FROM))) {
    throw new Refused('APBK0918', '예약주문 접수시간이 아닙니다.');
  }
  const instrumentId = idOf(params.needed('PDNO'));
  if (!ground.simulator.listed(instrumentId)) throw orderRefused('EXCH_UNKNOWN_ISSUE', env);
  const side = params.needed('SLL_BUY_DVSN_CD');
  if (side !== '01' && side !== '02') throw new Refused('APBK0501', '매도매수구분코드를 확인하십시오.');
  const kindCode = params.needed('ORD_DVSN_CD');
  const kind = orderKindOf(kindCode);
  if (!kind || !KINDS.includes(kindCode)) throw orderRefused('EXCH_TYPE', env);
  if (params.needed('ORD_OBJT_CBLC_DVSN_CD') !== IN_CASH) {
    throw new Refused('APBK1664', '이 서버는 현금 예약주문만 받습니다.');
  }
  const quantity = Number(params.text('ORD_QTY'));
  if (!Number.isSafeInteger(quantity) || quantity <= 0) throw orderRefused('EXCH_QUANTITY', env);
  const price = Number(params.text('ORD_UNPR') || '0');
  if (!Number.isSafeInteger(price) || (isPriced(kind.type) && price <= 0)) throw orderRefused('EXCH_TICK', env);
  const endDate = endOf(params.text('RSVN_ORD_END_DT'), sessionDate);
  return { instrumentId, side: side === '01' ? 'sell' : 'buy', kindCode, price, quantity, endDate };
}

function endOf(told: string, today: SessionDate): SessionDate | null {
  if (told === '') return null;
  const date = isoOf(told);
  if (isSessionDate(date) && date > today && date <= addDays(today, MAX_PERIOD_DAYS)) return date;
  throw new Refused('APBK0526', '예약주문종료일자를 확인하십시오.');
}
