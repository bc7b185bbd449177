/** Runs an exchange script: instruments, clock, phases and orders in; every event out, in order. */
import { AppError, envelope } from '../errors/index.ts';
import { krxCalendar } from '../market/index.ts';
import { kstInstant, kstTimeOfDayMs, kstTimeText, sessionDate, timeOfDayMs, type EpochMs } from '../time/index.ts';
import { parseScriptLine, type Command, type ScriptLine } from './script-lines.ts';
import { closedDay, daySchedule, isTradingDay } from './sessions.ts';
import type { ExchangeEvent, ListedIssue } from './types.ts';
import { Venue } from './venue.ts';

/** The day of a script that names none: the first under the rules now in force. */
export const SCRIPT_DATE = sessionDate('2026-09-14');

/** Orders one script may name. */
const MAX_IDS = 1_000_000;

/** What a script puts out: plain objects with `event` as their first key. */
export type ScriptOutput = Readonly<Record<string, unknown>> & { readonly event: string };

/**
 * Runs the lines and emits every event. Throws AppError SCRIPT_LINE with the number of a line that cannot be read; what
 * came before it has been emitted. Empty lines and lines that start with # are skipped.
 */
export function runScript(lines: Iterable<string>, emit: (line: ScriptOutput) => void): void {
  const run = new ScriptRun(emit);
  let number = 0;
  for (const text of lines) {
    number += 1;
    const trimmed = text.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const parsed = parseScriptLine(trimmed);
    if (!parsed.ok) throw new AppError('SCRIPT_LINE', { line: number, why: parsed.why });
    try {
      run.execute(parsed.value);
    } catch (error) {
      if (error instanceof ScriptMistake) throw new AppError('SCRIPT_LINE', { line: number, why: error.message });
      throw error;
    }
  }
  run.end();
}

/** A line that reads well but cannot be carried out; the message is Korean. */
class ScriptMistake extends Error {}

/** An order the script named: its number now (0: it never had one) and its owner. */
interface Named {
  readonly orderNo: number;
  readonly owner: number;
}

class ScriptRun {
  readonly #emit: (line: ScriptOutput) => void;
  readonly #issues: ListedIssue[] = [];
  readonly #named = new Map<string, Named>();
  /** Names by order number; a replaced order keeps its name under the new number. */
  readonly #names = new Map<number, string>();
  #day: Command<'date'> | undefined;
  #venue: Venue | undefined;
  /** The name of the order that the command under way is about. */
  #subject = '';
  /** true once a phase or clock line has set the scene. */
  #staged = false;

  constructor(emit: (line: ScriptOutput) => void) {
    this.#emit = emit;
  }

  execute(command: ScriptLine): void {
    switch (command.name) {
      case 'date':
        if (this.#venue || this.#day) throw new ScriptMistake('date는 맨 앞에 한 번만 적습니다.');
        this.#day = command.line;
        return;
      case 'instrument':
        this.#list(command.line);
        return;
      case 'phase':
        this.#staged = true;
        this.#open().setPhase(command.line.phase);
        return;
      case 'clock':
        this.#clock(command.line);
        return;
      case 'order':
        this.#order(command.line);
        return;
      case 'replace':
        this.#replace(command.line);
        return;
      case 'cancel':
        this.#cancel(command.line);
        return;
      case 'book':
        this.#book(command.line);
        return;
    }
  }

  end(): void {
    const venue = this.#venue;
    this.#emit({ event: 'end', events: venue?.events ?? 0, hash: venue?.hash() ?? '' });
  }

  #list(line: Command<'instrument'>): void {
    if (this.#venue) throw new ScriptMistake('종목은 첫 clock, phase, order, book보다 앞에 적습니다.');
    const { instrument: code, market, base, lot, shares, upper, lower, newListing, halted } = line;
    if (this.#issues.some((issue) => issue.code === code)) throw new ScriptMistake(`종목 ${code}를 두 번 적었습니다.`);
    if ((upper === undefined) !== (lower === undefined)) throw new ScriptMistake('upper와 lower는 함께 적습니다.');
    const limits = upper !== undefined && lower !== undefined ? { limits: { upper, lower, reason: 'script' } } : {};
    const rest = { lotSize: lot, listedShares: shares, newListing, halted, ...limits };
    this.#issues.push({ code, market, basePrice: base, ...rest });
  }

  /** The venue, made at the first command that needs it. */
  #open(): Venue {
    if (this.#venue) return this.#venue;
    if (this.#issues.length === 0) throw new ScriptMistake('먼저 instrument로 종목을 적습니다.');
    const { date, seed } = this.#day ?? { date: SCRIPT_DATE, seed: 1 };
    try {
      const schedule = isTradingDay(krxCalendar, date) ? daySchedule(krxCalendar, date) : closedDay(krxCalendar, date);
      this.#venue = new Venue({ date, schedule, issues: this.#issues, seed }, (event) => this.#tell(event));
    } catch (error) {
      if (error instanceof RangeError)
        throw new ScriptMistake(`이 날짜(${date})와 종목으로 장을 열 수 없습니다. 기준가격과 상·하한가를 확인하세요.`);
      throw error;
    }
    return this.#venue;
  }

  /** The venue with orders coming: without a phase or clock line before, trading is continuous. */
  #trading(): Venue {
    const venue = this.#open();
    if (!this.#staged) {
      this.#staged = true;
      venue.setPhase('continuous');
    }
    return venue;
  }

  #clock(line: Command<'clock'>): void {
    const venue = this.#open();
    let ts: EpochMs;
    try {
      ts = kstInstant(venue.date, timeOfDayMs(line.clock));
    } catch {
      throw new ScriptMistake(`없는 시각입니다: ${line.clock}.`);
    }
    if (ts < venue.now)
      throw new ScriptMistake(`시계를 ${timeText(venue.now)}에서 ${line.clock}로 되돌릴 수 없습니다.`);
    this.#staged = true;
    venue.advanceTo(ts);
  }

  #order(line: Command<'order'>): void {
    const { id, owner, order: side, type, quantity, timeInForce } = line;
    const venue = this.#trading();
    const code = line.code ?? (this.#issues.length === 1 ? this.#issues[0]?.code : undefined);
    if (code === undefined) throw new ScriptMistake('종목이 둘 이상이면 code를 적습니다.');
    if (this.#named.has(id)) throw new ScriptMistake(`주문 이름 ${id}를 이미 썼습니다.`);
    if (this.#named.size >= MAX_IDS) throw new ScriptMistake(`주문은 ${MAX_IDS}건까지입니다.`);
    if (type === 'limit' && line.price === undefined) throw new ScriptMistake('지정가 주문에는 price를 적습니다.');
    this.#subject = id;
    const result = venue.submit({ owner, code, side, type, timeInForce, price: line.price ?? 0, quantity });
    this.#named.set(id, { orderNo: 'orderNo' in result ? result.orderNo : 0, owner });
  }

  #replace(line: Command<'replace'>): void {
    const venue = this.#trading();
    const named = this.#named.get(line.replace);
    const owner = line.owner ?? named?.owner ?? 1;
    this.#subject = line.replace;
    const result = venue.replace(owner, named?.orderNo ?? 0, line.price);
    if ('orderNo' in result) this.#named.set(line.replace, { orderNo: result.orderNo, owner });
  }

  #cancel(line: Command<'cancel'>): void {
    const venue = this.#trading();
    const named = this.#named.get(line.cancel);
    this.#subject = line.cancel;
    venue.cancel(line.owner ?? named?.owner ?? 1, named?.orderNo ?? 0);
  }

  #book({ book: code, levels }: Command<'book'>): void {
    const venue = this.#open();
    if (!venue.has(code)) throw new ScriptMistake(`적지 않은 종목입니다: ${code}.`);
    const { last, open, high, low, volume, value, upperLimit, lowerLimit } = venue.issue(code);
    const side = (name: 'buy' | 'sell'): object[] =>
      venue.depth(code, name, levels).map(({ price, qty }) => ({ price, quantity: qty }));
    const expected = venue.expected(code);
    this.#emit({
      event: 'book',
      time: timeText(venue.now),
      code,
      phase: venue.phase,
      asks: side('sell'),
      bids: side('buy'),
      totalAsk: venue.totalQty(code, 'sell'),
      totalBid: venue.totalQty(code, 'buy'),
      expected: expected && { price: expected.price, quantity: expected.qty },
      upperLimit,
      lowerLimit,
      last,
      open,
      high,
      low,
      volume,
      value,
    });
  }

  /** An event of the venue in the words of the script: names of orders beside their numbers. */
  #tell(event: ExchangeEvent): void {
    const { kind, seq, ts, ...facts } = event;
    const head = { event: kind, seq, time: timeText(ts) };
    switch (event.kind) {
      case 'accepted':
        this.#names.set(event.orderNo, this.#subject);
        this.#emit({ ...head, id: this.#subject, ...facts });
        return;
      case 'rejected': {
        const { messageKo } = envelope(`EXCH_${event.reason}`);
        this.#emit({ ...head, id: this.#subject, ...facts, message: messageKo });
        return;
      }
      case 'trade':
        this.#emit({ ...head, buy: this.#nameOf(event.buyOrderNo), sell: this.#nameOf(event.sellOrderNo), ...facts });
        return;
      case 'canceled':
        this.#emit({ ...head, id: this.#nameOf(event.orderNo), ...facts });
        return;
      case 'auction':
      case 'phase':
        this.#emit({ ...head, ...facts });
    }
  }

  #nameOf(orderNo: number): string {
    return this.#names.get(orderNo) ?? '';
  }
}

/** "HH:MM:SS.mmm" in Korea. */
function timeText(at: EpochMs): string {
  return `${kstTimeText(at)}.${String(kstTimeOfDayMs(at) % 1_000).padStart(3, '0')}`;
}
