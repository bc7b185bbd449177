/** Those who trade foreign issues besides the customer: a maker who quotes ten levels around a price that wanders, and takers. */
import type { OverseasExchange } from '#shared/exchange/index.ts';
import { overseasTickAt, overseasTicks, toOverseasTick, type OverseasTicks } from '#shared/market/index.ts';
import type { Rng } from '#shared/rng/index.ts';
import type { AbroadIssue } from './abroad-issues.ts';

const OWNER = 0;
const LEVELS = 10;
/** How far the price wanders in a second: one in so many parts of it. */
const WANDER = 12_000;
const TAKES_CHANCE = 0.45;

export class AbroadPeople {
  readonly #exchange: OverseasExchange;
  readonly #issue: AbroadIssue;
  readonly #rng: Rng;
  readonly #table: OverseasTicks;
  #fair: number;
  #quotes: number[] = [];

  constructor(exchange: OverseasExchange, issue: AbroadIssue, start: { readonly rng: Rng; readonly fair: number }) {
    this.#exchange = exchange;
    this.#issue = issue;
    this.#rng = start.rng;
    const { exchange: at, segment } = issue;
    this.#table = overseasTicks({ exchange: at, date: exchange.date, ...(segment === undefined ? {} : { segment }) });
    this.#fair = start.fair;
  }

  /** One second of their lives. */
  act(): void {
    const tick = overseasTickAt(this.#table, this.#fair);
    this.#fair = Math.max(2 * LEVELS * tick, this.#fair + Math.round((this.#rng.normal() * this.#fair) / WANDER));
    for (const no of this.#quotes) this.#exchange.cancel(OWNER, no);
    this.#quotes = [];
    let bid = toOverseasTick(this.#table, this.#fair, 'down');
    if (this.#fair - bid >= tick / 2) bid = toOverseasTick(this.#table, bid + 1, 'up');
    let ask = bid;
    for (let level = 0; level < LEVELS; level += 1) {
      ask = toOverseasTick(this.#table, ask + 1, 'up');
      this.#quote('sell', ask);
      this.#quote('buy', bid);
      bid = toOverseasTick(this.#table, bid - 1, 'down');
    }
    if (this.#rng.chance(TAKES_CHANCE)) this.#take();
  }

  #quote(side: 'buy' | 'sell', price: number): void {
    const quantity = (this.#issue.usual + this.#rng.int(this.#issue.usual * 4)) * (this.#issue.lot ?? 1);
    const sent = this.#exchange.submit({ owner: OWNER, code: this.#issue.symbol, side, price, quantity });
    if ('orderNo' in sent) this.#quotes.push(sent.orderNo);
  }

  #take(): void {
    const side = this.#rng.chance(0.5) ? 'buy' : 'sell';
    const { bestBid, bestAsk } = this.#exchange.issue(this.#issue.symbol);
    const price = side === 'buy' ? bestAsk : bestBid;
    if (price === 0) return;
    const quantity = (1 + this.#rng.int(this.#issue.usual)) * (this.#issue.lot ?? 1);
    const sent = this.#exchange.submit({ owner: OWNER, code: this.#issue.symbol, side, price, quantity });
    if ('orderNo' in sent) this.#exchange.cancel(OWNER, sent.orderNo);
  }
}
