/** Turns what happens in the markets into frames for the registrations that listen. */
import { codeOf, type InstrumentId } from '#shared/domain/index.ts';
import { kstDate, SECOND_MS, type EpochMs } from '#shared/time/index.ts';
import type { ExchangeNotice, ExchangeOrder, MarketTrade } from '../../simulator/index.ts';
import { ladderOf, lookAt, venuesOf, type Look } from '../domestic/look.ts';
import { indexLook } from '../domestic/market-answers.ts';
import { groundOfAccount } from '../domestic/pensions.ts';
import { idOf, type Division, type Ground } from '../ground.ts';
import { bondIssue, type BondIssue } from '../bonds/bond-issues.ts';
import type { BondMarket } from '../bonds/bond-market.ts';
import { bondBookRow, bondTradeRow } from '../bonds/bond-quotes.ts';
import type { BondTrade } from '../bonds/bond-terms.ts';
import type { ContractMarket } from '../derivatives/contract-market.ts';
import { contractNoticeRows } from '../derivatives/contract-notices.ts';
import { contractBookRow, contractBookState, contractTradeRow } from '../derivatives/contract-records.ts';
import type { ContractNotice, ContractTrade, Seat } from '../derivatives/contract-terms.ts';
import type { FutureMarket, FutureSeat, FutureTrade } from '../futures-abroad/future-market.ts';
import { futureBookRow, futureTradeRow } from '../futures-abroad/future-records.ts';
import { keyedIssue, type AbroadIssue } from '../overseas/abroad-issues.ts';
import type { AbroadNotice, AbroadTrade } from '../overseas/abroad-terms.ts';
import type { AbroadMarkets } from '../overseas/abroad-markets.ts';
import type { OtherMarkets } from '../other-markets.ts';
import { recordOf, type Row } from '../shape.ts';
import { syntheticRecord } from '../synthetic/index.ts';
import { timeText } from '../server-text.ts';
import type { TapeTrade } from '../tape.ts';
import type { Registration, SocketHouse } from './house.ts';
import { noticeRows } from './notices.ts';
import { bookRow, expectedRow, indexRow, statusRow, tradeRow } from './records.ts';
import { abroadBookRow, abroadNoticeRows, abroadTradeRow } from './abroad-records.ts';

/** What a channel carries. */
type Carries =
  | 'trade'
  | 'book'
  | 'expected'
  | 'status'
  | 'index'
  | 'abroadTrade'
  | 'abroadBook'
  | 'bondTrade'
  | 'bondBook'
  | 'contractTrade'
  | 'contractBook'
  | 'contractNotice'
  | 'nightTrade'
  | 'nightBook'
  | 'nightNotice'
  | 'futureTrade'
  | 'futureBook'
  | 'notice'
  | 'abroadNotice';

/** Channels of the markets, by TR id; every other one is made up from its columns. */
const CHANNELS: Readonly<Record<string, { readonly carries: Carries; readonly division: Division }>> = {
  H0STCNT0: { carries: 'trade', division: 'J' },
  H0NXCNT0: { carries: 'trade', division: 'NX' },
  H0UNCNT0: { carries: 'trade', division: 'UN' },
  H0STASP0: { carries: 'book', division: 'J' },
  H0NXASP0: { carries: 'book', division: 'NX' },
  H0UNASP0: { carries: 'book', division: 'UN' },
  H0STANC0: { carries: 'expected', division: 'J' },
  H0NXANC0: { carries: 'expected', division: 'NX' },
  H0UNANC0: { carries: 'expected', division: 'UN' },
  H0STMKO0: { carries: 'status', division: 'J' },
  H0NXMKO0: { carries: 'status', division: 'NX' },
  H0UNMKO0: { carries: 'status', division: 'UN' },
  H0UPCNT0: { carries: 'index', division: 'J' },
  HDFSCNT0: { carries: 'abroadTrade', division: 'J' },
  HDFSASP0: { carries: 'abroadBook', division: 'J' },
  HDFSASP1: { carries: 'abroadBook', division: 'J' },
  H0BJCNT0: { carries: 'bondTrade', division: 'J' },
  H0BJASP0: { carries: 'bondBook', division: 'J' },
  H0IFCNT0: { carries: 'contractTrade', division: 'J' },
  H0IOCNT0: { carries: 'contractTrade', division: 'J' },
  H0ZFCNT0: { carries: 'contractTrade', division: 'J' },
  H0IFASP0: { carries: 'contractBook', division: 'J' },
  H0IOASP0: { carries: 'contractBook', division: 'J' },
  H0ZFASP0: { carries: 'contractBook', division: 'J' },
  H0IFCNI0: { carries: 'contractNotice', division: 'J' },
  H0IFCNI9: { carries: 'contractNotice', division: 'J' },
  H0MFCNT0: { carries: 'nightTrade', division: 'J' },
  H0EUCNT0: { carries: 'nightTrade', division: 'J' },
  H0MFASP0: { carries: 'nightBook', division: 'J' },
  H0EUASP0: { carries: 'nightBook', division: 'J' },
  H0MFCNI0: { carries: 'nightNotice', division: 'J' },
  H0EUCNI0: { carries: 'nightNotice', division: 'J' },
  HDFFF020: { carries: 'futureTrade', division: 'J' },
  HDFFF010: { carries: 'futureBook', division: 'J' },
  H0STCNI0: { carries: 'notice', division: 'J' },
  H0STCNI9: { carries: 'notice', division: 'J' },
  H0GSCNI0: { carries: 'abroadNotice', division: 'J' },
  H0GSCNI9: { carries: 'abroadNotice', division: 'J' },
};
/** Notices of orders that have no market here never come. */
const SILENT = /^HDFFF[12]C0$/;
/** What of the futures and options goes on by day, and by night. */
const CONTRACTS: ReadonlySet<Carries> = new Set(['contractTrade', 'contractBook', 'nightTrade', 'nightBook']);
/** The channels of notices of futures and options by night. */
const NIGHT_NOTICE = { future: 'H0MFCNI0', option: 'H0EUCNI0' } as const;

/** Books and trades of issues that have no market here. */
function isMadeUp(
  carries: Carries,
  key: string,
  { contracts, futures }: Pick<OtherMarkets, 'contracts' | 'futures'>,
): boolean {
  if (carries.startsWith('future')) return futures.seat(key) === undefined;
  if (CONTRACTS.has(carries)) return contracts.seatOf(key, carries.startsWith('night')) === undefined;
  if (carries === 'bondBook' || carries === 'bondTrade') return bondIssue(key) === undefined;
  return carries === 'abroadBook' && keyedIssue(key) === undefined;
}

interface Waiting {
  readonly registration: Registration;
  readonly records: string[];
}

const nameOf = ({ trId, trKey }: Registration): string => `${trId}|${trKey}`;

export class Publisher {
  readonly #ground: Ground;
  readonly #house: SocketHouse;
  readonly #abroad: () => AbroadMarkets;
  readonly #bonds: () => BondMarket;
  readonly #contracts: () => ContractMarket;
  readonly #futures: () => FutureMarket;
  readonly #waiting = new Map<string, Waiting>();
  /** What was told last, by registration. */
  readonly #told = new Map<string, string>();
  readonly #made = new Map<string, number>();
  readonly #orders = new Map<string, ExchangeOrder>();
  #lastSecond = 0;

  constructor(ground: Ground, house: SocketHouse, markets: () => OtherMarkets) {
    this.#ground = ground;
    this.#house = house;
    this.#abroad = () => markets().abroad;
    this.#bonds = () => markets().bonds;
    this.#contracts = () => markets().contracts;
    this.#futures = () => markets().futures;
  }

  /** A trade goes to who listens to its issue, with the state right after it. */
  traded(trade: MarketTrade, told: TapeTrade): void {
    const code = codeOf(trade.instrumentId);
    for (const registration of this.#house.registrations()) {
      const channel = CHANNELS[registration.trId];
      if (channel?.carries !== 'trade' || registration.trKey.toUpperCase() !== code) continue;
      if (!venuesOf(channel.division).includes(trade.venue)) continue;
      this.#queue(registration, this.#tradeRow(trade.instrumentId, channel.division, told));
    }
  }

  abroadTraded(issue: AbroadIssue, trade: AbroadTrade): void {
    for (const registration of this.#house.registrations()) {
      if (CHANNELS[registration.trId]?.carries !== 'abroadTrade' || keyedIssue(registration.trKey) !== issue) continue;
      this.#queue(registration, abroadTradeRow(this.#abroad().of(issue.exchange), issue, trade, registration.trKey));
    }
  }

  bondTraded(issue: BondIssue, trade: BondTrade): void {
    const [date, time] = [kstDate(trade.ts), timeText(trade.ts)];
    for (const registration of this.#house.registrations()) {
      if (CHANNELS[registration.trId]?.carries !== 'bondTrade' || bondIssue(registration.trKey) !== issue) continue;
      this.#queue(registration, bondTradeRow(this.#bonds(), issue, { ...trade, date, time }));
    }
  }

  contractTraded(seat: Seat, trade: ContractTrade): void {
    for (const registration of this.#house.registrations()) {
      const wanted = this.#contracts().isNight ? 'nightTrade' : 'contractTrade';
      const isTrade = CHANNELS[registration.trId]?.carries === wanted;
      if (isTrade && registration.trKey === seat.contract.code)
        this.#queue(registration, contractTradeRow(this.#contracts(), seat, trade));
    }
  }

  futureTraded(seat: FutureSeat, trade: FutureTrade): void {
    for (const registration of this.#house.registrations()) {
      const isTrade = CHANNELS[registration.trId]?.carries === 'futureTrade';
      if (isTrade && registration.trKey === seat.contract.code)
        this.#queue(registration, futureTradeRow(this.#futures(), seat, trade));
    }
  }

  contractNoticed(notice: ContractNotice, at: EpochMs): void {
    const { night, contract } = notice.order;
    const rows = contractNoticeRows(this.#ground, notice, at);
    if (!night) this.notice(rows, 'contractNotice');
    else this.notice(rows, 'nightNotice', NIGHT_NOTICE[contract.kind === 'future' ? 'future' : 'option']);
  }

  /** A stretch of time is done: what waits is sent, and everything that changed by itself. */
  advanced(): void {
    this.flush();
    const at = this.#ground.now();
    const second = Math.floor(at / SECOND_MS);
    const isNewSecond = second !== this.#lastSecond;
    this.#lastSecond = second;
    for (const registration of this.#house.registrations()) {
      const channel = CHANNELS[registration.trId];
      // What has no market here is made up like every other record.
      if (
        !channel ||
        isMadeUp(channel.carries, registration.trKey, { contracts: this.#contracts(), futures: this.#futures() })
      ) {
        if (isNewSecond && !SILENT.test(registration.trId)) this.#makeUp(registration, at);
        continue;
      }
      const row = this.#stateRow(registration, channel, { at, isNewSecond });
      if (row) this.#house.send(registration, [this.#record(registration, row)]);
    }
  }

  /** What of a channel's state is new; null: nothing. */
  #stateRow(
    registration: Registration,
    { carries, division }: { readonly carries: Carries; readonly division: Division },
    { at, isNewSecond }: { readonly at: EpochMs; readonly isNewSecond: boolean },
  ): Row | null {
    const id = idOf(registration.trKey);
    switch (carries) {
      case 'book': {
        const look = lookAt(this.#ground, id, division);
        const ladder = look && ladderOf(this.#ground, id, division);
        if (!look || !ladder || !this.#isNew(registration, ladder)) return null;
        return bookRow(look, ladder, at);
      }
      case 'expected': {
        const look = lookAt(this.#ground, id, division);
        const ladder = look && ladderOf(this.#ground, id, division);
        if (!look || !ladder?.expected || !this.#isNew(registration, ladder.expected)) return null;
        return expectedRow({ look, ladder, expected: ladder.expected, at, ...this.#dayFacts(id) });
      }
      case 'status': {
        const look = lookAt(this.#ground, id, division);
        if (!look || !this.#isNew(registration, [look.phase, look.halted, look.inVi])) return null;
        return statusRow(look);
      }
      case 'index': {
        const look = isNewSecond ? indexLook(this.#ground, registration.trKey) : undefined;
        return look && this.#isNew(registration, [look.value, look.volume]) ? indexRow(look, at) : null;
      }
      case 'abroadBook': {
        const issue = keyedIssue(registration.trKey);
        if (!issue) return null;
        const market = this.#abroad().of(issue.exchange);
        if (!this.#isNew(registration, [market.depth(issue, 'buy'), market.depth(issue, 'sell')])) return null;
        return abroadBookRow(market, issue, { key: registration.trKey, at });
      }
      case 'bondBook': {
        const issue = bondIssue(registration.trKey);
        const market = this.#bonds();
        if (!issue || !this.#isNew(registration, [market.depth(issue, 'buy'), market.depth(issue, 'sell')]))
          return null;
        return bondBookRow(market, issue, { date: kstDate(at), time: timeText(at) });
      }
      case 'contractBook':
      case 'nightBook': {
        // Nothing moves in the part of the day that does not go on.
        if (this.#contracts().isNight !== (carries === 'nightBook')) return null;
        const seat = this.#contracts().seat(registration.trKey);
        return seat && this.#isNew(registration, contractBookState(seat)) ? contractBookRow(seat, at) : null;
      }
      case 'futureBook': {
        const market = this.#futures();
        const seat = market.seat(registration.trKey);
        if (!seat || !this.#isNew(registration, [market.depth(seat, 'buy'), market.depth(seat, 'sell')])) return null;
        return futureBookRow(market, seat, at);
      }
      case 'trade':
      case 'futureTrade':
      case 'abroadTrade':
      case 'bondTrade':
      case 'contractTrade':
      case 'contractNotice':
      case 'nightTrade':
      case 'nightNotice':
      case 'notice':
      case 'abroadNotice':
        return null;
    }
  }

  /** A registration begins: its state is told at the next change of time, whatever it was before. */
  subscribed(registration: Registration): void {
    this.#told.delete(nameOf(registration));
    const issue = keyedIssue(registration.trKey);
    if (issue) this.#abroad().of(issue.exchange).wake();
    if (bondIssue(registration.trKey)) this.#bonds().wake();
    const carries = CHANNELS[registration.trId]?.carries;
    if (carries !== undefined && CONTRACTS.has(carries)) this.#contracts().wake();
  }

  noticed(notice: ExchangeNotice): void {
    if (notice.kind === 'accepted' || notice.kind === 'replaced') {
      this.#orders.set(notice.order.brokerOrderNo, notice.order);
    }
    const { accountId } = this.#ground;
    const account =
      'order' in notice ? notice.order.accountId : 'execution' in notice ? notice.execution.accountId : accountId;
    const ground = groundOfAccount(this.#ground, account);
    if (!ground) return;
    this.notice(
      noticeRows(ground, notice, (no) => this.#find(no, ground)),
      'notice',
    );
  }

  abroadNoticed(notice: AbroadNotice, at: EpochMs): void {
    this.notice(abroadNoticeRows(this.#ground, notice, at), 'abroadNotice');
  }

  /** Sends notices of orders; `trId`: over one channel of several that carry such. */
  notice(
    rows: readonly Row[],
    carries: 'notice' | 'abroadNotice' | 'contractNotice' | 'nightNotice',
    trId: string | null = null,
  ): void {
    if (rows.length === 0) return;
    for (const registration of this.#house.registrations()) {
      if (CHANNELS[registration.trId]?.carries !== carries || (trId ?? registration.trId) !== registration.trId)
        continue;
      for (const row of rows) this.#house.notice(registration, this.#record(registration, row));
    }
  }

  /** Another day: nothing of the last one waits. */
  clear(): void {
    this.#waiting.clear();
    this.#told.clear();
    this.#orders.clear();
  }

  /** Sends what waits. */
  flush(): void {
    for (const { registration, records } of this.#waiting.values()) this.#house.send(registration, records);
    this.#waiting.clear();
  }

  #isNew(registration: Registration, state: unknown): boolean {
    const seen = JSON.stringify(state);
    const name = nameOf(registration);
    if (this.#told.get(name) === seen) return false;
    this.#told.set(name, seen);
    return true;
  }

  #makeUp(registration: Registration, nowTs: EpochMs): void {
    const name = nameOf(registration);
    const seq = this.#made.get(name) ?? 0;
    this.#made.set(name, seq + 1);
    const { meant, trKey: key } = registration;
    this.#house.send(registration, [syntheticRecord({ channel: meant.channel, key, seq, nowTs }).join('^')]);
  }

  #find(no: string, { simulator, accountId }: Ground): ExchangeOrder | undefined {
    const known = this.#orders.get(no);
    if (known) return known;
    const found = simulator
      .orders(accountId, simulator.session().sessionDate)
      .find(({ brokerOrderNo }) => brokerOrderNo === no);
    if (found) this.#orders.set(no, found);
    return found;
  }

  #dayFacts(id: InstrumentId): { readonly date: string; readonly listedShares: number } {
    const date = this.#ground.simulator.session().sessionDate;
    return { date, listedShares: this.#ground.instrument(id)?.listedShares ?? 0 };
  }

  #tradeRow(id: InstrumentId, division: Division, told: TapeTrade): Row {
    const look = lookAt(this.#ground, id, division) as Look;
    const { volume, value, boughtQty, soldQty, buys, sells } = division === 'UN' ? look : told;
    const trade = { ...told, volume, value, boughtQty, soldQty, buys, sells };
    return tradeRow(trade, { look, ladder: ladderOf(this.#ground, id, division), ...this.#dayFacts(id) });
  }

  #queue(registration: Registration, row: Row): void {
    const name = nameOf(registration);
    let waiting = this.#waiting.get(name);
    if (!waiting) this.#waiting.set(name, (waiting = { registration, records: [] }));
    waiting.records.push(this.#record(registration, row));
    if (waiting.records.length < this.#ground.settings.batch) return;
    this.#waiting.delete(name);
    this.#house.send(registration, waiting.records);
  }

  #record(registration: Registration, row: Row): string {
    return recordOf(registration.meant.channel, row);
  }
}
