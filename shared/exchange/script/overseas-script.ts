/** Runs the lines of an exchange script whose issues are listed abroad: prices in the currency, times where the exchange is. */
import { z } from 'zod';
import { Side } from '../../domain/index.ts';
import { envelope } from '../../errors/index.ts';
import {
  localInstant,
  overseasAmount,
  overseasCharges,
  OVERSEAS_EXCHANGES,
  OVERSEAS_ORDER_CODES,
  overseasMarket,
  overseasSettlement,
  sellCurrency,
  buyCurrency,
  type OverseasExchangeCode,
} from '../../market/index.ts';
import { krw } from '../../num/index.ts';
import { timeOfDayMs, type EpochMs, type SessionDate } from '../../time/index.ts';
import { OverseasExchange } from '../overseas/overseas.ts';
import type { OverseasEvent, OverseasIssue } from '../overseas/overseas-terms.ts';
import { readScriptLine } from './script-lines.ts';
import { ScriptMistake } from './script-mistake.ts';
import type { ScriptOutput } from './script-tell.ts';

const Code = z.string().regex(/^[0-9A-Z.]{1,12}$/);
const Id = z.string().min(1).max(64);
const Owner = z.int().min(0).max(2_147_483_647);

const SCHEMAS = {
  instrument: z.strictObject({
    instrument: Code,
    market: z.enum(OVERSEAS_EXCHANGES),
    base: z.number().positive(),
    segment: z.string().optional(),
    lot: z.int().positive().optional(),
    daysListed: z.int().nonnegative().optional(),
    flags: z.array(z.string()).default([]),
  }),
  clock: z.strictObject({ clock: z.string().regex(/^\d{2}:\d{2}(:\d{2}(\.\d{3})?)?$/) }),
  order: z.strictObject({
    order: Side,
    id: Id,
    code: Code.optional(),
    orderCode: z.enum(OVERSEAS_ORDER_CODES).default('00'),
    price: z.number().default(0),
    quantity: z.number(),
    owner: Owner.default(1),
  }),
  replace: z.strictObject({ replace: Id, price: z.number(), owner: Owner.optional() }),
  cancel: z.strictObject({ cancel: Id, owner: Owner.optional() }),
  book: z.strictObject({
    book: Code,
    levels: z.int().min(1).max(100).default(10),
    oddLots: z.boolean().default(false),
  }),
  /** What a trade would cost; `rate`: won per whole unit of the currency, for the amount in won. */
  costs: z.strictObject({
    costs: Side,
    code: Code.optional(),
    price: z.number().positive(),
    quantity: z.int().positive(),
    rate: z.number().positive().optional(),
  }),
} as const;

type Lines = typeof SCHEMAS;
type Line<N extends keyof Lines> = z.output<Lines[N]>;

const RATE_SCALE = 1_000_000;
const SCALES = [1, 10, 100, 1_000, 10_000] as const;

/** true for an instrument line of a market abroad: from it on a script is played there. */
export function listsAbroad(text: string): boolean {
  try {
    const { instrument, market } = JSON.parse(text) as { readonly instrument?: unknown; readonly market?: unknown };
    return instrument !== undefined && OVERSEAS_EXCHANGES.some((known) => known === market);
  } catch {
    return false;
  }
}

export class OverseasScript {
  readonly #date: SessionDate;
  readonly #emit: (line: ScriptOutput) => void;
  readonly #issues: OverseasIssue[] = [];
  readonly #flags: string[] = [];
  readonly #named = new Map<string, { readonly orderNo: number; readonly owner: number }>();
  readonly #names = new Map<number, string>();
  #market: OverseasExchangeCode | null = null;
  #exchange: OverseasExchange | undefined;
  #subject = '';

  constructor(date: SessionDate, emit: (line: ScriptOutput) => void) {
    this.#date = date;
    this.#emit = emit;
  }

  /** Carries out one line. Throws ScriptMistake. */
  execute(text: string): void {
    const parsed = readScriptLine(SCHEMAS, text);
    if (!parsed.ok) throw new ScriptMistake(parsed.why);
    const { name, line } = parsed.value;
    switch (name) {
      case 'instrument':
        this.#list(line as Line<'instrument'>);
        return;
      case 'clock':
        this.#clock(line as Line<'clock'>);
        return;
      case 'order':
        this.#order(line as Line<'order'>);
        return;
      case 'replace':
        this.#replace(line as Line<'replace'>);
        return;
      case 'cancel':
        this.#cancel(line as Line<'cancel'>);
        return;
      case 'book':
        this.#book(line as Line<'book'>);
        return;
      case 'costs':
        this.#costs(line as Line<'costs'>);
    }
  }

  end(): void {
    const exchange = this.#exchange;
    this.#emit({ event: 'end', events: exchange?.events ?? 0, hash: exchange?.hash() ?? '' });
  }

  #list(line: Line<'instrument'>): void {
    if (this.#exchange) throw new ScriptMistake('종목은 첫 clock, order, book보다 앞에 적습니다.');
    const { instrument: code, market, base, segment, lot, daysListed, flags } = line;
    if (this.#market !== null && this.#market !== market)
      throw new ScriptMistake('한 대본에는 한 거래소의 종목만 적습니다.');
    if (this.#issues.some((issue) => issue.code === code)) throw new ScriptMistake(`종목 ${code}를 두 번 적었습니다.`);
    this.#market = market;
    this.#flags.push(...flags);
    this.#issues.push({
      code,
      basePrice: this.#scaled(base),
      ...(segment === undefined ? {} : { segment }),
      ...(lot === undefined ? {} : { lotSize: lot }),
      ...(daysListed === undefined ? {} : { daysListed }),
    });
  }

  #open(): OverseasExchange {
    if (this.#exchange) return this.#exchange;
    const exchange = this.#at();
    try {
      const options = { exchange, date: this.#date, issues: this.#issues, flags: this.#flags };
      this.#exchange = new OverseasExchange(options, (event) => this.#tell(event));
    } catch (error) {
      if (error instanceof RangeError)
        throw new ScriptMistake(
          `이 날짜(${this.#date})와 종목으로 장을 열 수 없습니다. 기준가격, 매매 단위, segment를 확인하세요.`,
        );
      throw error;
    }
    return this.#exchange;
  }

  #clock(line: Line<'clock'>): void {
    const exchange = this.#open();
    let ts: EpochMs;
    try {
      ts = localInstant(this.#at(), this.#date, timeOfDayMs(line.clock));
    } catch {
      throw new ScriptMistake(`없는 시각입니다: ${line.clock}.`);
    }
    if (exchange.phase !== 'preOpen' && ts < exchange.now)
      throw new ScriptMistake(`시계를 ${this.#timeText(exchange.now)}에서 ${line.clock}로 되돌릴 수 없습니다.`);
    exchange.advanceTo(ts);
  }

  #order(line: Line<'order'>): void {
    const { id, owner, order: side, orderCode, quantity } = line;
    const exchange = this.#open();
    if (this.#named.has(id)) throw new ScriptMistake(`주문 이름 ${id}를 이미 썼습니다.`);
    this.#subject = id;
    const entry = { owner, code: this.#codeOf(line.code), side, orderCode, price: this.#scaled(line.price), quantity };
    const result = exchange.submit(entry);
    this.#named.set(id, { orderNo: 'orderNo' in result ? result.orderNo : 0, owner });
  }

  #replace(line: Line<'replace'>): void {
    const named = this.#named.get(line.replace);
    const owner = line.owner ?? named?.owner ?? 1;
    this.#subject = line.replace;
    const result = this.#open().replace(owner, named?.orderNo ?? 0, { price: this.#scaled(line.price) });
    if ('orderNo' in result) this.#named.set(line.replace, { orderNo: result.orderNo, owner });
  }

  #cancel(line: Line<'cancel'>): void {
    const named = this.#named.get(line.cancel);
    this.#subject = line.cancel;
    this.#open().cancel(line.owner ?? named?.owner ?? 1, named?.orderNo ?? 0);
  }

  #book({ book: code, levels, oddLots: odd }: Line<'book'>): void {
    const exchange = this.#open();
    if (!exchange.has(code)) throw new ScriptMistake(`적지 않은 종목입니다: ${code}.`);
    const view = exchange.issue(code);
    const side = (name: 'buy' | 'sell'): object[] =>
      exchange
        .depth({ code, side: name, levels, odd })
        .map(({ price, qty }) => ({ price: this.#whole(price), quantity: qty }));
    const expected = exchange.expected(code);
    this.#emit({
      event: 'book',
      time: this.#timeText(exchange.now),
      code,
      phase: exchange.phase,
      asks: side('sell'),
      bids: side('buy'),
      expected: expected && { price: this.#whole(expected.price), quantity: expected.qty },
      // null: the market has no daily limits.
      upperLimit: view.upperLimit === 0 ? null : this.#whole(view.upperLimit),
      lowerLimit: view.lowerLimit === 0 ? null : this.#whole(view.lowerLimit),
      last: this.#whole(view.last),
      open: this.#whole(view.open),
      high: this.#whole(view.high),
      low: this.#whole(view.low),
      volume: view.volume,
    });
  }

  #costs(line: Line<'costs'>): void {
    const exchange = this.#at();
    const { costs: side, quantity, rate } = line;
    const { currency, digits } = overseasMarket(exchange);
    const amountMinor = overseasAmount(exchange, { price: this.#scaled(line.price), quantity });
    const { lines, totalMinor } = overseasCharges({ exchange, side, amountMinor, quantity, date: this.#date });
    const scale = SCALES[digits] ?? 1;
    const net = side === 'buy' ? amountMinor + totalMinor : amountMinor - totalMinor;
    this.#emit({
      event: 'costs',
      code: this.#codeOf(line.code),
      side,
      currency,
      amount: amountMinor / scale,
      lines: lines.map(({ name, nameKo, amountMinor: minor, status }) => ({
        name,
        nameKo,
        amount: minor / scale,
        status,
      })),
      total: totalMinor / scale,
      net: net / scale,
      settlement: overseasSettlement(exchange, this.#date),
      ...(rate === undefined ? {} : { won: wonOf(net, { side, rate: Math.round(rate * RATE_SCALE), digits }) }),
    });
  }

  /** An event in the words of the script: names of orders beside their numbers, prices in the currency. */
  #tell(event: OverseasEvent): void {
    const { kind, seq, ts, ...facts } = event;
    const head = { event: kind, seq, time: this.#timeText(ts) };
    const priced = 'price' in facts ? { ...facts, price: this.#whole(facts.price) } : facts;
    switch (event.kind) {
      case 'accepted':
        this.#names.set(event.orderNo, this.#subject);
        this.#emit({ ...head, id: this.#subject, ...priced });
        return;
      case 'rejected': {
        const { messageKo } = envelope(`EXCH_${event.reason}`);
        this.#emit({ ...head, id: this.#subject, ...priced, message: messageKo });
        return;
      }
      case 'trade':
        this.#emit({ ...head, buy: this.#nameOf(event.buyOrderNo), sell: this.#nameOf(event.sellOrderNo), ...priced });
        return;
      case 'canceled':
        this.#emit({ ...head, id: this.#nameOf(event.orderNo), ...priced });
        return;
      case 'auction':
      case 'phase':
        this.#emit({ ...head, ...priced });
    }
  }

  #at(): OverseasExchangeCode {
    if (this.#market === null) throw new ScriptMistake('먼저 instrument로 종목을 적습니다.');
    return this.#market;
  }

  #codeOf(code: string | undefined): string {
    const found = code ?? (this.#issues.length === 1 ? this.#issues[0]?.code : undefined);
    if (found === undefined) throw new ScriptMistake('종목이 둘 이상이면 code를 적습니다.');
    return found;
  }

  #nameOf(orderNo: number): string {
    return this.#names.get(orderNo) ?? '';
  }

  /** A price as written as a scaled whole number; one that is finer than the scale stays off it, and so off tick. */
  #scaled(price: number): number {
    const scale = SCALES[overseasMarket(this.#at()).priceScale] ?? 1;
    const scaled = Math.round(price * scale);
    return scaled / scale === price ? scaled : price * scale;
  }

  #whole(price: number): number {
    return price / (SCALES[overseasMarket(this.#at()).priceScale] ?? 1);
  }

  /** "HH:MM:SS.mmm" where the exchange is. */
  #timeText(at: EpochMs): string {
    const since = at - localInstant(this.#at(), this.#date, 0);
    const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
    const seconds = Math.floor(since / 1_000);
    const [hour, minute] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
    return `${pad(hour)}:${pad(minute)}:${pad(seconds % 60)}.${pad(since % 1_000, 3)}`;
  }
}

/** Won behind an amount in a currency: what a purchase takes, rounded up, or what a sale brings. */
function wonOf(minor: number, at: { readonly side: Side; readonly rate: number; readonly digits: number }): number {
  const terms = { rate: at.rate, digits: at.digits };
  if (at.side === 'sell') return sellCurrency(minor, terms);
  const per = SCALES[at.digits] ?? 1;
  let won = Math.ceil((minor * at.rate) / (per * RATE_SCALE));
  // The customer's rate lies above the base rate: raised until the won buy the amount.
  for (let got = buyCurrency(krw(won), terms); got < minor; got = buyCurrency(krw(won), terms)) {
    won += Math.max(1, Math.ceil(((minor - got) * at.rate) / (per * RATE_SCALE)));
  }
  return won;
}
