/** After a restart: plays again what was sent since the snapshot and holds the effects against the record. */
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

export class CatchUp {
  readonly #inputs: LogData<'order.sent'>[] = [];
  readonly #facts: OrderFact[] = [];
  #nextFact = 0;
  /** The instant up to which the record reaches. */
  readonly until: EpochMs;

  /** `tail`: the log after the snapshot; `markTs`: how far the clock is known to have come. */
  constructor(tail: Iterable<LogEntry>, markTs: EpochMs) {
    let until: number = markTs;
    for (const entry of tail) {
      if (entry.kind === 'order.sent') {
        this.#inputs.push(entry.data);
        until = Math.max(until, entry.data.at);
      } else if (isOrderFact(entry)) {
        this.#facts.push(entry);
        until = Math.max(until, entry.data.ts);
      }
    }
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
    for (const sent of this.#inputs) {
      if (sent.at < run.venue.now) throw new Divergence(`an order was sent at ${sent.at}, before the snapshot`);
      await advance(epochMs(sent.at));
      run.send(sent.owner, sent.input);
      const hash = run.venue.hash();
      if (hash !== sent.hash)
        throw new Divergence(`after order input at ${sent.at} the market is ${hash}, was ${sent.hash}`);
    }
    if (this.until > run.venue.now) await advance(this.until);
    if (this.#nextFact !== this.#facts.length) {
      throw new Divergence(`${this.#facts.length - this.#nextFact} recorded events did not happen again`);
    }
  }
}
