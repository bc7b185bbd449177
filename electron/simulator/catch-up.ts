/** Plays again what was sent since a state was kept, and holds the effects against the record: after a restart, and going back. */
import { epochMs, type EpochMs } from '#shared/time/index.ts';
import { canonicalJson } from '../storage/index.ts';
import { isOrderFact, type LogData, type LogEntry, type OrderFact } from './log-entry.ts';
import type { MarketRun } from './market-run.ts';

/** The market that was played again is not the one that was recorded; it cannot be continued. */
export class Divergence extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'Divergence';
  }
}

/** What came to the market from outside, in order; `hash` is over all events with its effects. */
type Input =
  | { readonly at: number; readonly hash: string; readonly sent: LogData<'order.sent'> }
  /** The market was taken back to this instant, and the customers' orders were withdrawn. */
  | { readonly at: number; readonly hash: string; readonly sent: null };

export class CatchUp {
  #inputs: Input[] = [];
  #facts: OrderFact[] = [];
  #nextFact = 0;
  /** The instant up to which the record reaches. */
  readonly until: EpochMs;

  /**
   * `tail`: the log after the state; `markTs`: how far the clock is known to have come; `backTo`: the market goes back to
   * this instant, so that nothing after it counts.
   */
  constructor(tail: Iterable<LogEntry>, times: { readonly markTs: EpochMs } | { readonly backTo: EpochMs }) {
    let until: number = 'markTs' in times ? times.markTs : times.backTo;
    for (const entry of tail) {
      if (entry.kind === 'order.sent') {
        this.#inputs.push({ at: entry.data.at, hash: entry.data.hash, sent: entry.data });
        until = Math.max(until, entry.data.at);
      } else if (entry.kind === 'run.rewound') {
        const { to, hash } = entry.data;
        this.#cut(to);
        this.#inputs.push({ at: to, hash, sent: null });
        until = to;
      } else if (isOrderFact(entry) && entry.data.seq > 0) {
        this.#facts.push(entry);
        until = Math.max(until, entry.data.ts);
      }
    }
    if ('backTo' in times) {
      this.#cut(times.backTo);
      until = times.backTo;
    } else until = Math.max(until, times.markTs);
    this.until = epochMs(until);
  }

  /** What the market does again must be what is recorded next. */
  meet(fact: OrderFact): void {
    const recorded = this.#facts[this.#nextFact];
    this.#nextFact += 1;
    if (!recorded || canonicalJson(recorded) !== canonicalJson(fact)) {
      throw new Divergence(`recorded ${canonicalJson(recorded ?? null)}, played ${canonicalJson(fact)}`);
    }
  }

  /** Runs the market to `until`; `advance` does so in slices and may be waited for. */
  async play(run: MarketRun, advance: (target: EpochMs) => Promise<void>): Promise<void> {
    const { exchange } = run;
    for (const { at, hash, sent } of this.#inputs) {
      if (at < exchange.now) throw new Divergence(`an order was sent at ${at}, before the snapshot`);
      await advance(epochMs(at));
      if (sent) run.send(sent.owner, sent.input);
      else run.withdraw();
      const played = exchange.hash();
      if (played !== hash) throw new Divergence(`after the input at ${at} the market is ${played}, was ${hash}`);
    }
    if (this.until > exchange.now) await advance(this.until);
    if (this.#nextFact !== this.#facts.length) {
      throw new Divergence(`${this.#facts.length - this.#nextFact} recorded events did not happen again`);
    }
  }

  /** Nothing after `to` counts any more. */
  #cut(to: number): void {
    this.#inputs = this.#inputs.filter(({ at }) => at <= to);
    this.#facts = this.#facts.filter(({ data }) => data.ts <= to);
  }
}
