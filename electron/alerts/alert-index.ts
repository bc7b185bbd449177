/** Price alerts by issue and price: a trade looks at the nearest above and below, however many there are. */
import type { InstrumentId, PriceAlert } from '#shared/domain/index.ts';

export interface IndexedAlert {
  readonly id: string;
  readonly alert: PriceAlert;
}

interface Side {
  /** Armed ones, the nearest price first. */
  readonly armed: IndexedAlert[];
  /** Told ones that repeat: armed again once the price has left them. */
  resting: IndexedAlert[];
}

interface Issue {
  readonly above: Side;
  readonly below: Side;
}

const NONE: readonly IndexedAlert[] = [];

export class AlertIndex {
  readonly #byIssue = new Map<InstrumentId, Issue>();
  readonly #byId = new Map<string, IndexedAlert>();

  /** Issues that an armed alert waits on. */
  issues(): readonly InstrumentId[] {
    return [...this.#byIssue.keys()];
  }

  put(id: string, alert: PriceAlert): void {
    this.remove(id);
    if (alert.state !== 'armed') return;
    const entry = { id, alert };
    this.#byId.set(id, entry);
    insert(this.#side(entry).armed, entry);
  }

  remove(id: string): void {
    const entry = this.#byId.get(id);
    if (!entry) return;
    this.#byId.delete(id);
    const issue = this.#byIssue.get(entry.alert.instrumentId);
    if (!issue) return;
    const side = entry.alert.when === 'atOrAbove' ? issue.above : issue.below;
    const at = side.armed.findIndex((each) => each.id === id);
    if (at >= 0) side.armed.splice(at, 1);
    side.resting = side.resting.filter((each) => each.id !== id);
    if ([issue.above, issue.below].every(({ armed, resting }) => armed.length + resting.length === 0))
      this.#byIssue.delete(entry.alert.instrumentId);
  }

  /** What a trade sets off; each is told once, or rests until the price has left it. */
  judge(instrumentId: InstrumentId, price: number): readonly IndexedAlert[] {
    const issue = this.#byIssue.get(instrumentId);
    if (!issue) return NONE;
    const above = take(issue.above, (level) => price >= level);
    const below = take(issue.below, (level) => price <= level);
    if (above.length + below.length === 0) return NONE;
    const fired = [...above, ...below];
    for (const entry of fired) {
      if (entry.alert.repeats) this.#side(entry).resting.push(entry);
      else this.remove(entry.id);
    }
    return fired;
  }

  #side({ alert }: IndexedAlert): Side {
    const issue = this.#byIssue.get(alert.instrumentId) ?? {
      above: { armed: [], resting: [] },
      below: { armed: [], resting: [] },
    };
    this.#byIssue.set(alert.instrumentId, issue);
    return alert.when === 'atOrAbove' ? issue.above : issue.below;
  }
}

/** The nearest first: the lowest above, the highest below. */
function insert(armed: IndexedAlert[], entry: IndexedAlert): void {
  const sign = entry.alert.when === 'atOrAbove' ? 1 : -1;
  let from = 0;
  let to = armed.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (sign * ((armed[middle]?.alert.price ?? 0) - entry.alert.price) <= 0) from = middle + 1;
    else to = middle;
  }
  armed.splice(from, 0, entry);
}

function take(side: Side, reached: (level: number) => boolean): readonly IndexedAlert[] {
  if (side.resting.length > 0) {
    const left = side.resting.filter((entry) => !reached(entry.alert.price));
    side.resting = side.resting.filter((entry) => reached(entry.alert.price));
    for (const entry of left) insert(side.armed, entry);
  }
  let count = 0;
  while (count < side.armed.length && reached(side.armed[count]?.alert.price ?? Number.NaN)) count += 1;
  return count === 0 ? NONE : side.armed.splice(0, count);
}
