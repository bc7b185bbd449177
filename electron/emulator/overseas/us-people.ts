/** Those who trade American issues besides the customer: a maker who quotes ten levels around a price that wanders, and takers. */
import type { OverseasExchange } from '#shared/exchange/index.ts';
import type { Rng } from '#shared/rng/index.ts';
import type { UsIssue } from './us-issues.ts';

const OWNER = 0;
const LEVELS = 10;
/** One tick above a dollar, 1/10,000 dollar. */
const TICK = 100;
/** How far the price wanders in a second: one in so many parts of it. */
const WANDER = 12_000;
const TAKES_CHANCE = 0.45;

export class UsPeople {
  readonly #exchange: OverseasExchange;
  readonly #issue: UsIssue;
  readonly #rng: Rng;
  #fair: number;
  #quotes: number[] = [];

  constructor(exchange: OverseasExchange, issue: UsIssue, start: { readonly rng: Rng; readonly fair: number }) {
    this.#exchange = exchange;
    this.#issue = issue;
    this.#rng = start.rng;
    this.#fair = start.fair;
  }

  /** One second of their lives. */
  act(): void {
    this.#fair = Math.max(2 * LEVELS * TICK, this.#fair + Math.round((this.#rng.normal() * this.#fair) / WANDER));
    for (const no of this.#quotes) this.#exchange.cancel(OWNER, no);
    this.#quotes = [];
    const middle = Math.round(this.#fair / TICK) * TICK;
    for (let level = 0; level < LEVELS; level += 1) {
      this.#quote('sell', middle + TICK * (level + 1));
      this.#quote('buy', middle - TICK * level);
    }
    if (this.#rng.chance(TAKES_CHANCE)) this.#take();
  }

  #quote(side: 'buy' | 'sell', price: number): void {
    const quantity = this.#issue.usual + this.#rng.int(this.#issue.usual * 4);
    const sent = this.#exchange.submit({ owner: OWNER, code: this.#issue.symbol, side, price, quantity });
    if ('orderNo' in sent) this.#quotes.push(sent.orderNo);
  }

  #take(): void {
    const side = this.#rng.chance(0.5) ? 'buy' : 'sell';
    const { bestBid, bestAsk } = this.#exchange.issue(this.#issue.symbol);
    const price = side === 'buy' ? bestAsk : bestBid;
    if (price === 0) return;
    const quantity = 1 + this.#rng.int(this.#issue.usual);
    const sent = this.#exchange.submit({ owner: OWNER, code: this.#issue.symbol, side, price, quantity });
    if ('orderNo' in sent) this.#exchange.cancel(OWNER, sent.orderNo);
  }
}
