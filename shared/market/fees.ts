/** What trading costs: the broker's commission (수수료) and the taxes on selling (제세금), by date, channel, venue and product. */
import facts from '#resources/krx/fees.json' with { type: 'json' };
import type { Market, Side, VenueName } from '../domain/index.ts';
import { krw, ppb, shareKrw, subKrw, ZERO_KRW, type Krw, type Ppb, type Rounding } from '../num/index.ts';
import type { SessionDate } from '../time/index.ts';
import { inForce } from './dated.ts';
import type { Product } from './tick-size.ts';

/** bankis 뱅키스 온라인 · branchOnline 영업점 계좌 온라인 · promo 유관기관 비용만 받는 우대 계좌 */
export const FEE_CHANNELS = ['bankis', 'branchOnline', 'promo'] as const;
export type FeeChannel = (typeof FEE_CHANNELS)[number];

/** How an execution came about, which decides a venue's fee: maker 먼저 나와 있던 쪽 · taker 받아 간 쪽 · auction 단일가 */
export const LIQUIDITY_ROLES = ['maker', 'taker', 'auction'] as const;
export type LiquidityRole = (typeof LIQUIDITY_ROLES)[number];

/** What is traded, as far as costs go: the products of the exchange, ELW, and K-OTC issues. */
export type FeeProduct = Product | 'elw' | 'kotc';

/** A part of an order's executions that is charged alike; won. */
export interface TradedPart {
  readonly value: number;
  readonly venue: VenueName;
  readonly role: LiquidityRole;
}

export interface ChargeQuestion {
  /** All fills of one order so far: Σ price × quantity in won. */
  readonly cumulativeValue: number;
  readonly side: Side;
  readonly market: Market;
  /** Date of the trade, which decides the rates. */
  readonly date: SessionDate;
  /** stock if absent. */
  readonly product?: FeeProduct;
  /** bankis if absent. */
  readonly channel?: FeeChannel;
  /** Where all of it traded; KRX if absent. Not read where `parts` are given. */
  readonly venue?: VenueName;
  /** taker if absent. Not read where `parts` are given. */
  readonly role?: LiquidityRole;
  /** Of an order that traded in several ways; their values add up to `cumulativeValue`. */
  readonly parts?: readonly TradedPart[];
  /** Amount of the whole order as placed in won, which chooses the step of a scale; `cumulativeValue` if absent. */
  readonly orderValue?: number;
}

/** Totals for the order so far; a fill costs the difference to the totals before it. */
export interface Charges {
  readonly commissionKrw: Krw;
  readonly taxKrw: Krw;
}

/** A rate with how sure it is (C confirmed, S one source, D computed, U unconfirmed) and where it comes from. */
export interface FeeRate {
  readonly ppb: Ppb;
  readonly status: string;
  readonly source: string;
}

export interface CommissionQuestion {
  readonly date: SessionDate;
  readonly product?: FeeProduct;
  readonly channel?: FeeChannel;
  readonly venue?: VenueName;
  readonly role?: LiquidityRole;
  /** Won; chooses the step of a scale. 0 if absent. */
  readonly orderValue?: number;
}

/** Of two ways of knowing the less sure one. */
function lessSure(a: string, b: string): string {
  const order = ['C', 'D', 'S', 'U'];
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

/**
 * The exchange's own fee on both sides of a trade, inside the commission; RangeError where the venue was not open.
 * @source resources/krx/fees.json passThrough.exchangeFee
 */
export function exchangeFee(
  date: SessionDate,
  where: { readonly venue: VenueName; readonly role: LiquidityRole },
): FeeRate {
  const fees = facts.passThrough.exchangeFee.filter(
    (fee) => fee.venue === where.venue && (fee.role === null || fee.role === where.role),
  );
  const fee = inForce(fees, date);
  if (!fee) throw new RangeError(`exchange fee of ${where.venue} is not known for ${date}`);
  return { ppb: ppb(fee.ppb), status: fee.status, source: fee.source };
}

/** What the broker passes on of each trade: the exchange's fee and that of the other agencies (유관기관 제비용). */
function passThrough(
  { date, product }: { readonly date: SessionDate; readonly product?: FeeProduct },
  where: { readonly venue: VenueName; readonly role: LiquidityRole },
): { readonly exchange: FeeRate; readonly agencies: FeeRate } {
  const { agenciesPpb, status, source, kotc } = facts.passThrough;
  if (product === 'kotc') {
    const unknown = { ppb: ppb(0), ...kotc };
    return { exchange: unknown, agencies: unknown };
  }
  return { exchange: exchangeFee(date, where), agencies: { ppb: ppb(agenciesPpb[where.venue]), status, source } };
}

/** Amounts from which a channel's scale goes on to another step, lowest first. */
const STEPS = new Map(
  FEE_CHANNELS.map((channel) => {
    const rows = facts.commission.filter((row) => row.channel === channel);
    return [channel, [...new Set(rows.map(({ fromKrw }) => fromKrw))].sort((a, b) => a - b)] as const;
  }),
);

/** The first amount of the step that an amount is in: all that the rates know of it. */
function stepOf(channel: FeeChannel, orderValue: number): number {
  let step = 0;
  for (const from of STEPS.get(channel) ?? []) if (from <= orderValue) step = from;
  return step;
}

/** Answers to questions that come with every order; few differ within a day. */
class Kept<T> {
  readonly #answers = new Map<string, T>();
  #last: { readonly parts: readonly (string | number)[]; readonly answer: T } | null = null;

  of(parts: readonly (string | number)[], ask: () => T): T {
    const last = this.#last;
    // One order asks the same several times over: then no key is written either.
    if (last?.parts.every((part, at) => part === parts[at]) === true) return last.answer;
    const key = parts.join(' ');
    const answer = this.#answers.get(key) ?? ask();
    if (this.#answers.size >= MOST_KEPT) this.#answers.clear();
    this.#answers.set(key, answer);
    this.#last = { parts, answer };
    return answer;
  }
}

const MOST_KEPT = 1_000;
const KEPT_RATES = new Kept<FeeRate>();
const KEPT_WAYS = new Kept<{ readonly venue: VenueName; readonly role: LiquidityRole }>();

/**
 * The commission rate in force; RangeError for a day of which nothing is known.
 * @source resources/krx/fees.json commission
 */
export function commissionRate(question: CommissionQuestion): FeeRate {
  const { date, product = 'stock', channel = 'bankis', venue = 'KRX', role = 'taker', orderValue = 0 } = question;
  const step = stepOf(channel, orderValue);
  return KEPT_RATES.of([date, product, channel, venue, role, step], () =>
    rateFor({ date, product, channel, venue, role, orderValue: step }),
  );
}

function rateFor(question: Required<CommissionQuestion>): FeeRate {
  const { date, product, channel, venue, role, orderValue } = question;
  if (channel === 'promo') {
    const { exchange, agencies } = passThrough(question, { venue, role });
    const status = lessSure(exchange.status, agencies.status);
    return { ppb: ppb(exchange.ppb + agencies.ppb), status, source: agencies.source };
  }
  const steps = facts.commission.filter((row) => row.channel === channel && row.fromKrw <= orderValue);
  const find = (at: { readonly venue: VenueName; readonly product: FeeProduct }) =>
    inForce(
      steps.filter(
        (row) =>
          row.venue === at.venue &&
          row.products.includes(at.product) &&
          (row.roles === null || (row.roles as readonly string[]).includes(role)),
      ),
      date,
    );
  const own = find({ venue, product });
  if (own) return { ppb: ppb(own.ppb), status: own.status, source: own.source };
  const shares = find({ venue: 'KRX', product }) ?? find({ venue: 'KRX', product: 'stock' });
  if (!shares) throw new RangeError(`commission of ${channel} is not known for ${date}`);
  return { ppb: ppb(shares.ppb), ...facts.commissionElsewhere };
}

/** Commission rate of a BanKIS account on KRX in ppb of the traded amount. */
export function commissionPpb(date: SessionDate, product: FeeProduct = 'stock'): Ppb {
  return commissionRate({ date, product }).ppb;
}

/** A sale's taxes: what the exchange's market is charged, and the rural development tax (농어촌특별세). */
export interface SellTax {
  readonly transactionPpb: Ppb;
  readonly ruralPpb: Ppb;
  readonly status: string;
  readonly source: string;
}

/**
 * The taxes on a sale in force; none for ETF, ETN and ELW. RangeError for a day of which nothing is known.
 * @source resources/krx/fees.json sellTax
 */
export function sellTax(question: {
  readonly market: Market;
  readonly date: SessionDate;
  readonly product?: FeeProduct;
}): SellTax {
  const { market, date, product = 'stock' } = question;
  if (facts.sellTaxExempt.products.includes(product)) {
    const { status, source } = facts.sellTaxExempt;
    return { transactionPpb: ppb(0), ruralPpb: ppb(0), status, source };
  }
  const otc = product === 'kotc';
  const rate = inForce(otc ? facts.sellTaxKotc : facts.sellTax.filter((row) => row.market === market), date);
  if (!rate) throw new RangeError(`sell tax of ${otc ? 'K-OTC' : market} is not known for ${date}`);
  const { transactionPpb, ruralPpb, status, source } = rate;
  return { transactionPpb: ppb(transactionPpb), ruralPpb: ppb(ruralPpb), status, source };
}

/** Securities transaction tax plus rural tax in ppb of the amount sold; ETF, ETN and ELW are exempt. */
export function sellTaxPpb(question: {
  readonly market: Market;
  readonly date: SessionDate;
  readonly product?: FeeProduct;
}): Ppb {
  const { transactionPpb, ruralPpb } = sellTax(question);
  return ppb(transactionPpb + ruralPpb);
}

const PPB = 1_000_000_000n;

/** Σ value × rate cut down to the commission's unit, exact however large. */
function commissionOn(question: ChargeQuestion, parts: readonly TradedPart[]): Krw {
  const { unitKrw, mode } = facts.commissionRounding;
  const [only] = parts;
  if (only && parts.length === 1)
    return shareKrw(krw(only.value), rateOf(question, only).ppb, mode as Rounding, unitKrw);
  let sum = 0n;
  for (const part of parts) sum += BigInt(krw(part.value)) * BigInt(rateOf(question, part).ppb);
  const whole = PPB * BigInt(unitKrw);
  const units = sum / whole + (mode === 'ceil' && sum % whole > 0n ? 1n : 0n);
  return krw(Number(units) * unitKrw);
}

function partsOf(question: ChargeQuestion): readonly TradedPart[] {
  const { parts, cumulativeValue: value, venue = 'KRX', role = 'taker' } = question;
  return parts ?? [{ value, venue, role }];
}

function rateOf(question: ChargeQuestion, part: TradedPart): FeeRate {
  const { date, product = 'stock', channel = 'bankis', orderValue = question.cumulativeValue } = question;
  return commissionRate({ date, product, channel, venue: part.venue, role: part.role, orderValue });
}

/**
 * Charges on the cumulative amount of an order, so that cutting it into more fills changes nothing: commission cut down
 * to 10 won, tax (from the total rate) cut down to 1 won. Both roundings are unconfirmed.
 * @source resources/krx/fees.json
 */
export function chargesOn(question: ChargeQuestion): Charges {
  const { unitKrw, mode } = facts.taxRounding;
  const amount = krw(question.cumulativeValue);
  return {
    commissionKrw: commissionOn(question, partsOf(question)),
    taxKrw: question.side === 'sell' ? shareKrw(amount, sellTaxPpb(question), mode as Rounding, unitKrw) : ZERO_KRW,
  };
}

/** Ways in which an order may trade. */
const WAYS = (['KRX', 'NXT'] as const).flatMap((venue) => LIQUIDITY_ROLES.map((role) => ({ venue, role })));

/** The way in which an amount would cost most on a day: what a hold must allow for while nothing has traded. */
export function dearestWay(question: CommissionQuestion): { readonly venue: VenueName; readonly role: LiquidityRole } {
  const { date, product = 'stock', channel = 'bankis', orderValue = 0 } = question;
  const step = stepOf(channel, orderValue);
  return KEPT_WAYS.of([date, product, channel, step], () => wayOf({ ...question, orderValue: step }));
}

function wayOf(question: CommissionQuestion): { readonly venue: VenueName; readonly role: LiquidityRole } {
  let dearest: { readonly venue: VenueName; readonly role: LiquidityRole } = { venue: 'KRX', role: 'taker' };
  let top = -1;
  for (const way of WAYS) {
    if (way.venue === 'NXT' && question.date < facts.nxtOpened.date) continue;
    const rate = commissionRate({ ...question, ...way }).ppb;
    if (rate > top) [top, dearest] = [rate, way];
  }
  return dearest;
}

/** broker 증권사 몫 · exchange 거래소 수수료 · agencies 그 밖의 유관기관 · transactionTax 증권거래세 · ruralTax 농어촌특별세 */
export const FEE_KINDS = ['broker', 'exchange', 'agencies', 'transactionTax', 'ruralTax'] as const;
export type FeeKind = (typeof FEE_KINDS)[number];

/** One line of what an order costs. */
export interface FeeLine extends FeeRate {
  readonly kind: FeeKind;
  /** Where it is charged; null for a tax. */
  readonly venue: VenueName | null;
  readonly amountKrw: Krw;
}

/**
 * What makes up the charges, line by line: they add up to `chargesOn` exactly. The rounding is the broker's to keep or
 * bear, so its last line takes what is left, which is below zero where the commission was cut down to less than the fees.
 */
export function feeBreakdown(question: ChargeQuestion): readonly FeeLine[] {
  const { commissionKrw, taxKrw } = chargesOn(question);
  const parts = partsOf(question);
  const passed: FeeLine[] = [];
  const own: FeeLine[] = [];
  let left = commissionKrw;
  for (const part of parts) {
    const { venue, value } = part;
    const { exchange, agencies } = passThrough(question, part);
    for (const [kind, rate] of [['exchange', exchange] as const, ['agencies', agencies] as const]) {
      const amountKrw = shareKrw(krw(value), rate.ppb, 'floor');
      left = subKrw(left, amountKrw);
      passed.push({ kind, venue, amountKrw, ...rate });
    }
    const whole = rateOf(question, part);
    const rate = { ...whole, ppb: ppb(whole.ppb - exchange.ppb - agencies.ppb) };
    own.push({ kind: 'broker', venue, amountKrw: shareKrw(krw(value), rate.ppb, 'floor'), ...rate });
  }
  const last = own.pop();
  for (const line of own) left = subKrw(left, line.amountKrw);
  if (last) own.push({ ...last, amountKrw: left });
  return [...own, ...passed, ...taxLines(question, taxKrw)];
}

/** The taxes of a sale by name; the transaction tax takes the rounding. */
function taxLines(question: ChargeQuestion, taxKrw: Krw): readonly FeeLine[] {
  if (question.side === 'buy') return [];
  const { transactionPpb, ruralPpb, status, source } = sellTax(question);
  const amount = krw(question.cumulativeValue);
  const ruralKrw = transactionPpb === 0 ? taxKrw : shareKrw(amount, ruralPpb, 'floor');
  const rest = { venue: null, status, source };
  const lines: readonly FeeLine[] = [
    { kind: 'transactionTax', ppb: transactionPpb, amountKrw: subKrw(taxKrw, ruralKrw), ...rest },
    { kind: 'ruralTax', ppb: ruralPpb, amountKrw: ruralKrw, ...rest },
  ];
  return lines.filter((line) => line.ppb > 0);
}
