/** A script under way: what its lines have listed, named and kept, and the exchange they play on. */
import { isPriced, type VenueName } from '../../domain/index.ts';
import { envelope } from '../../errors/index.ts';
import { kstInstant, timeOfDayMs, type EpochMs } from '../../time/index.ts';
import { Exchange } from '../exchange.ts';
import type { ExchangeSnapshot } from '../floor/exchange-snapshot.ts';
import { OverseasScript } from './overseas-script.ts';
import { ScriptAccounts, type AccountOrder } from './script-accounts.ts';
import type { Command, ScriptLine } from './script-lines.ts';
import { issueOf, kindOf, optionsOf } from './script-listing.ts';
import { ScriptMistake } from './script-mistake.ts';
import {
  bookOutput,
  eventOutput,
  issueOutput,
  marketOutput,
  SCRIPT_DATE,
  timeText,
  type ScriptOutput,
} from './script-tell.ts';
import type { ExchangeEvent, ListedIssue, OrderChange, OrderEntry } from '../types.ts';

/** Orders one script may name. */
const MAX_IDS = 1_000_000;
/** States one script may keep. */
const MAX_KEPT = 1_000;

/** An order the script named: its number now (0: it never had one), its owner, and parts that were cut off it. */
interface Named {
  readonly orderNo: number;
  readonly owner: number;
  readonly parts: number;
}

/** A state to go back to. */
interface Kept {
  readonly exchange: ExchangeSnapshot;
  readonly named: ReadonlyMap<string, Named>;
  readonly names: ReadonlyMap<number, string>;
  readonly accounts: number;
}

export class ScriptRun {
  readonly #emit: (line: ScriptOutput) => void;
  readonly #byClock: boolean;
  readonly #issues: ListedIssue[] = [];
  #named = new Map<string, Named>();
  /** Names by order number; a replaced order keeps its name under the new number. */
  #names = new Map<number, string>();
  readonly #kept = new Map<string, Kept>();
  #day: Command<'date'> | undefined;
  #exchange: Exchange | undefined;
  #accounts: ScriptAccounts | undefined;
  /** The name of the order that the command under way is about, and the account order it sends. */
  #subject = '';
  #sending: AccountOrder | undefined;
  /** true once a phase or clock line has set the scene. */
  #staged = false;

  /** `byClock`: the script moves the clock, so that a VI can end. */
  constructor(emit: (line: ScriptOutput) => void, { byClock }: { readonly byClock: boolean }) {
    this.#emit = emit;
    this.#byClock = byClock;
  }

  execute(command: ScriptLine): void {
    switch (command.name) {
      case 'date':
        if (this.#exchange || this.#accounts || this.#day) throw new ScriptMistake('date는 맨 앞에 한 번만 적습니다.');
        this.#day = command.line;
        return;
      case 'instrument':
        return this.#list(command.line);
      case 'account':
        return this.#account(command.line);
      case 'order':
        return this.#order(command.line);
      case 'replace':
        return this.#replace(command.line);
      case 'cancel':
        return this.#cancel(command.line);
      case 'snapshot':
        return this.#keep(command.line.snapshot);
      case 'rewind':
        return this.#rewind(command.line.rewind);
      default:
        this.#stage(command);
    }
  }

  /** From its first instrument abroad on, a script is played there. */
  goAbroad(): OverseasScript {
    if (this.#exchange || this.#issues.length > 0)
      throw new ScriptMistake('국내 종목과 해외 종목을 한 대본에 함께 적을 수 없습니다.');
    return new OverseasScript(this.#day?.date ?? SCRIPT_DATE, this.#emit);
  }

  end(): void {
    const exchange = this.#exchange;
    this.#emit({ event: 'end', events: exchange?.events ?? 0, hash: exchange?.hash() ?? '' });
  }

  /** Commands to the exchange as a whole, and questions about it. */
  #stage(
    command: Exclude<
      ScriptLine,
      { name: 'date' | 'instrument' | 'account' | 'order' | 'replace' | 'cancel' | 'snapshot' | 'rewind' }
    >,
  ): void {
    const exchange = this.#open();
    switch (command.name) {
      case 'phase': {
        const { phase, venue } = command.line;
        if (venue === 'NXT' && exchange.nxtSchedule === undefined)
          throw new ScriptMistake('NXT에서 거래하는 종목이 없습니다. instrument에 nxt를 적습니다.');
        this.#staged = true;
        exchange.setPhase(phase, venue);
        return;
      }
      case 'clock':
        this.#clock(command.line.clock);
        return;
      case 'halt': {
        const { halt, note, until } = command.line;
        this.#listed(halt, 'KRX');
        exchange.halt({ code: halt, note, ...(until === undefined ? {} : { until: this.#instant(until) }) });
        return;
      }
      case 'resume': {
        const { resume, auctionS } = command.line;
        this.#listed(resume, 'KRX');
        exchange.resume({ code: resume, ...(auctionS === undefined ? {} : { auctionMs: auctionS * 1_000 }) });
        return;
      }
      case 'index':
        exchange.setIndex({ market: command.line.index, changePpm: ppm(command.line.percent) });
        return;
      case 'futures': {
        const { futures, percent, spotPercent } = command.line;
        const spot = spotPercent === undefined ? {} : { spotChangePpm: ppm(spotPercent) };
        exchange.setFutures({ index: futures, changePpm: ppm(percent), ...spot });
        return;
      }
      case 'book': {
        const { book: code, venue, levels } = command.line;
        this.#listed(code, venue);
        this.#emit(bookOutput(exchange, { code, venue, levels }));
        return;
      }
      case 'issue': {
        const { issue: code, venue } = command.line;
        this.#listed(code, venue);
        this.#emit(issueOutput(exchange.now, exchange.issue(code, venue)));
        return;
      }
      case 'market': {
        const state = exchange.markets().find(({ market }) => market === command.line.market);
        if (!state) throw new ScriptMistake(`${command.line.market}에 적은 종목이 없습니다.`);
        this.#emit(marketOutput(exchange.now, state));
      }
    }
  }

  #list(line: Command<'instrument'>): void {
    if (this.#exchange) throw new ScriptMistake('종목은 첫 clock, phase, order, book보다 앞에 적습니다.');
    const { instrument: code } = line;
    if (this.#issues.some((issue) => issue.code === code)) throw new ScriptMistake(`종목 ${code}를 두 번 적었습니다.`);
    this.#issues.push(issueOf(line, this.#day?.date ?? SCRIPT_DATE));
  }

  /** The exchange, made at the first command that needs it. */
  #open(): Exchange {
    if (this.#exchange) return this.#exchange;
    if (this.#issues.length === 0) throw new ScriptMistake('먼저 instrument로 종목을 적습니다.');
    const { date = SCRIPT_DATE } = this.#day ?? {};
    try {
      const options = optionsOf(this.#issues, this.#day, { byClock: this.#byClock });
      this.#exchange = new Exchange(options, (event) => this.#tell(event));
    } catch (error) {
      if (error instanceof RangeError)
        throw new ScriptMistake(`이 날짜(${date})와 종목으로 장을 열 수 없습니다. 기준가격과 상·하한가를 확인하세요.`);
      throw error;
    }
    return this.#exchange;
  }

  /** The exchange with orders coming: without a phase or clock line before, trading is continuous. */
  #trading(): Exchange {
    const exchange = this.#open();
    if (!this.#staged) {
      this.#staged = true;
      exchange.setPhase('continuous');
    }
    return exchange;
  }

  #instant(clock: string): EpochMs {
    try {
      return kstInstant(this.#open().date, timeOfDayMs(clock));
    } catch {
      throw new ScriptMistake(`없는 시각입니다: ${clock}.`);
    }
  }

  #clock(clock: string): void {
    const exchange = this.#open();
    const ts = this.#instant(clock);
    if (ts < exchange.now)
      throw new ScriptMistake(`시계를 ${timeText(exchange.now)}에서 ${clock}로 되돌릴 수 없습니다.`);
    this.#staged = true;
    exchange.advanceTo(ts);
  }

  #listed(code: string, venue: VenueName): void {
    if (!this.#open().has(code)) throw new ScriptMistake(`적지 않은 종목입니다: ${code}.`);
    if (!this.#open().has(code, venue)) throw new ScriptMistake(`NXT에서 거래하지 않는 종목입니다: ${code}.`);
  }

  #account({ account: accountId, cash, kind, channel }: Command<'account'>): void {
    if (cash === undefined) {
      if (!this.#accounts?.has(accountId)) throw new ScriptMistake(`열지 않은 계좌입니다: ${accountId}.`);
      this.#emit({ event: 'account', time: timeText(this.#open().now), ...this.#accounts.view(accountId) });
      return;
    }
    const accounts = (this.#accounts ??= new ScriptAccounts(this.#day?.date ?? SCRIPT_DATE));
    if (accounts.has(accountId)) throw new ScriptMistake(`계좌 ${accountId}를 이미 열었습니다.`);
    const createdTs = kstInstant(this.#day?.date ?? SCRIPT_DATE, 0);
    accounts.open({ accountId, cash, createdTs, ...(kind ? { kind } : {}), ...(channel ? { channel } : {}) });
  }

  #order(line: Command<'order'>): void {
    const { id, quantity, order: side, account, route, program, shortSale, stopPrice, date } = line;
    const exchange = this.#trading();
    const code = line.code ?? (this.#issues.length === 1 ? this.#issues[0]?.code : undefined);
    if (code === undefined) throw new ScriptMistake('종목이 둘 이상이면 code를 적습니다.');
    if (this.#named.has(id)) throw new ScriptMistake(`주문 이름 ${id}를 이미 썼습니다.`);
    if (this.#named.size >= MAX_IDS) throw new ScriptMistake(`주문은 ${MAX_IDS}건까지입니다.`);
    const kind = kindOf(line);
    if (isPriced(kind.type) && line.price === undefined) {
      const name = kind.type === 'limit' ? '지정가 주문' : `${kind.type} 주문`;
      throw new ScriptMistake(`${name}에는 price를 적습니다.`);
    }
    const owner = this.#ownerOf(line);
    const entry: OrderEntry = {
      ...kind,
      owner,
      code,
      side,
      price: line.price ?? 0,
      quantity,
      program,
      shortSale,
      ...(route === undefined ? {} : { route }),
      ...(stopPrice === undefined ? {} : { stopPrice }),
      ...(date === undefined ? {} : { date }),
    };
    this.#subject = id;
    this.#sending = account === undefined ? undefined : this.#accountOrder(entry, line);
    if (this.#sending && this.#refused(id, this.#sending, this.#accounts?.shortage(this.#sending))) {
      this.#named.set(id, { orderNo: 0, owner, parts: 0 });
      return;
    }
    const result = exchange.submit(entry);
    this.#named.set(id, { orderNo: 'orderNo' in result ? result.orderNo : 0, owner, parts: 0 });
  }

  #ownerOf({ owner, account, credit, marginPercent }: Command<'order'>): number {
    if (account === undefined) {
      if (credit !== undefined || marginPercent !== undefined)
        throw new ScriptMistake('credit과 marginPercent는 계좌의 주문에만 적습니다.');
      return owner ?? 1;
    }
    if (owner !== undefined) throw new ScriptMistake('owner와 account는 함께 적을 수 없습니다.');
    if (!this.#accounts?.has(account)) throw new ScriptMistake(`열지 않은 계좌입니다: ${account}.`);
    return this.#accounts.ownerOf(account);
  }

  /** The order as its account's firm looks at it; undefined where the exchange refuses it anyhow. */
  #accountOrder(
    entry: OrderEntry,
    line: Partial<Pick<Command<'order'>, 'account' | 'credit' | 'marginPercent'>>,
  ): AccountOrder | undefined {
    const { code, side, type, price, quantity } = entry;
    const { account: accountId, credit, marginPercent } = line;
    const issue = this.#issues.find((each) => each.code === code);
    const counted = Number.isSafeInteger(quantity) && quantity > 0 && Number.isSafeInteger(price) && price >= 0;
    if (accountId === undefined || issue === undefined || !counted) return undefined;
    if (isPriced(type) && price === 0) return undefined;
    const { upperLimit } = this.#open().issue(code);
    return {
      ...{ accountId, issue, side, type, price, quantity, upperLimit },
      ...(credit === undefined ? {} : { credit }),
      ...(marginPercent === undefined ? {} : { marginPercent }),
    };
  }

  /** Tells that the firm refuses an order; false where it does not. */
  #refused(id: string, { accountId }: AccountOrder, reason: 'CASH' | 'SELLABLE' | null | undefined): boolean {
    if (reason === null || reason === undefined) return false;
    const { messageKo } = envelope(`EXCH_${reason}`);
    this.#emit({
      event: 'refused',
      time: timeText(this.#open().now),
      id,
      account: accountId,
      reason,
      message: messageKo,
    });
    return true;
  }

  #replace(line: Command<'replace'>): void {
    const { replace: id, price, quantity, type, as } = line;
    const exchange = this.#trading();
    const named = this.#named.get(id);
    const orderNo = named?.orderNo ?? 0;
    const owner = line.owner ?? named?.owner ?? 1;
    if (price === undefined && quantity === undefined && type === undefined)
      throw new ScriptMistake('price, quantity, type 가운데 하나는 적습니다.');
    const open = orderNo === 0 ? undefined : exchange.order(orderNo);
    const part = quantity !== undefined && open !== undefined && quantity < open.openQty;
    const name = part ? (as ?? `${id}.${(named?.parts ?? 0) + 1}`) : id;
    if (part && this.#named.has(name)) throw new ScriptMistake(`주문 이름 ${name}을 이미 썼습니다.`);
    const account = this.#accounts?.accountOf(owner);
    const entry = open && {
      ...open,
      type: type ?? open.type,
      price: price ?? open.price,
      quantity: quantity ?? open.openQty,
    };
    const extras = { ...this.#accounts?.extrasOf(orderNo), account };
    this.#sending = account !== undefined && entry ? this.#accountOrder(entry, extras) : undefined;
    if (this.#sending && this.#refused(id, this.#sending, this.#accounts?.replaceShortage(orderNo, this.#sending)))
      return;
    this.#subject = name;
    const change: OrderChange = {
      ...(price === undefined ? {} : { price }),
      ...(quantity === undefined ? {} : { quantity }),
      ...(type === undefined ? {} : { type }),
    };
    const result = exchange.replace(owner, orderNo, change);
    if (!('orderNo' in result)) return;
    this.#named.set(name, { orderNo: result.orderNo, owner, parts: 0 });
    if (part && named) this.#named.set(id, { ...named, parts: named.parts + 1 });
  }

  #cancel(line: Command<'cancel'>): void {
    const exchange = this.#trading();
    const named = this.#named.get(line.cancel);
    this.#subject = line.cancel;
    exchange.cancel(line.owner ?? named?.owner ?? 1, named?.orderNo ?? 0, line.quantity);
  }

  #keep(name: string): void {
    const exchange = this.#open();
    if (this.#kept.size >= MAX_KEPT && !this.#kept.has(name))
      throw new ScriptMistake(`상태는 ${MAX_KEPT}개까지 남깁니다.`);
    this.#kept.set(name, {
      exchange: exchange.snapshot(),
      named: new Map(this.#named),
      names: new Map(this.#names),
      accounts: this.#accounts?.mark ?? 0,
    });
    this.#emit({
      event: 'snapshot',
      time: timeText(exchange.now),
      name,
      events: exchange.events,
      hash: exchange.hash(),
    });
  }

  /** Back to a kept state: orders and names given since then are gone, and may be given again. */
  #rewind(name: string): void {
    const kept = this.#kept.get(name);
    if (!kept) throw new ScriptMistake(`남기지 않은 상태입니다: ${name}.`);
    const exchange = Exchange.restore(kept.exchange, (event) => this.#tell(event));
    this.#exchange = exchange;
    this.#named = new Map(kept.named);
    this.#names = new Map(kept.names);
    this.#accounts?.rewind(kept.accounts);
    this.#emit({ event: 'rewind', time: timeText(exchange.now), name, events: exchange.events, hash: exchange.hash() });
  }

  #tell(event: ExchangeEvent): void {
    if (event.kind === 'accepted') {
      this.#names.set(event.orderNo, this.#subject);
      const sent = this.#sending;
      if (sent && this.#accounts) this.#accounts.accepted(event.orderNo, { ...sent, quantity: event.quantity });
    }
    const costs = this.#accounts?.tell(event) ?? [];
    this.#emit(eventOutput(event, (orderNo) => this.#names.get(orderNo) ?? '', this.#subject));
    for (const { orderNo, ...cost } of costs) {
      this.#emit({ event: 'cost', time: timeText(event.ts), id: this.#names.get(orderNo) ?? '', orderNo, ...cost });
    }
  }
}

const ppm = (percent: number): number => Math.round(percent * 10_000);
