/** How the accounts of a run stand by the firm's own books: equity from instant to instant, drawdown, days, charges. */
import { codeOf, type RunAccount } from '#shared/domain/index.ts';
import type { AccountNow } from './actors.ts';
import type { World } from './world/world.ts';

interface Track {
  readonly id: string;
  readonly firmId: string;
  startKrw: number;
  peakKrw: number;
  maxDrawdownPct: number;
  dayStartKrw: number;
  worstDayPct: number;
  leastCashKrw: number;
  equityKrw: number;
}

const percent = (part: number, whole: number): number => (whole > 0 ? (part / whole - 1) * 100 : 0);
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

export class Books {
  readonly #world: World;
  readonly #tracks: readonly Track[];

  constructor(world: World) {
    this.#world = world;
    this.#tracks = [...world.accountIds].map(([id, accountId]) => {
      const track = { id, firmId: world.firmId(accountId), maxDrawdownPct: 0, worstDayPct: 0 };
      const start = this.#equity(track.firmId);
      const cash = this.#cash(track.firmId);
      return { ...track, startKrw: start, peakKrw: start, dayStartKrw: start, leastCashKrw: cash, equityKrw: start };
    });
  }

  /** Looks at every account now. */
  sample(): void {
    for (const track of this.#tracks) {
      const equity = this.#equity(track.firmId);
      track.equityKrw = equity;
      track.peakKrw = Math.max(track.peakKrw, equity);
      track.maxDrawdownPct = Math.max(track.maxDrawdownPct, -percent(equity, track.peakKrw));
      track.worstDayPct = Math.max(track.worstDayPct, -percent(equity, track.dayStartKrw));
      track.leastCashKrw = Math.min(track.leastCashKrw, this.#cash(track.firmId));
    }
  }

  /** A new day begins: its loss is counted from here. */
  openDay(): void {
    this.sample();
    for (const track of this.#tracks) track.dayStartKrw = track.equityKrw;
  }

  /** Won by the document's name of the account. */
  equity(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#tracks.map(({ id, equityKrw }) => [id, equityKrw]));
  }

  worst(of: 'maxDrawdownPct' | 'worstDayPct'): number {
    return rounded(Math.max(0, ...this.#tracks.map((track) => track[of])));
  }

  leastCash(): number {
    return Math.min(...this.#tracks.map(({ leastCashKrw }) => leastCashKrw));
  }

  /** The return of all accounts together, percent. */
  endReturn(): number {
    const sum = (of: 'equityKrw' | 'startKrw'): number => this.#tracks.reduce((all, track) => all + track[of], 0);
    return rounded(percent(sum('equityKrw'), sum('startKrw')));
  }

  now(id: string): AccountNow {
    const track = this.#tracks.find((each) => each.id === id);
    const { simulator } = this.#world;
    const firmId = track?.firmId ?? '';
    return {
      equityKrw: this.#equity(firmId),
      startKrw: track?.startKrw ?? 0,
      cashKrw: Math.max(0, simulator.account(firmId).buyingPowerKrw),
      held: (code) => {
        const found = simulator.holdings(firmId).find(({ instrumentId }) => codeOf(instrumentId) === code);
        return found ? { quantity: found.quantity, costKrw: found.costKrw } : null;
      },
    };
  }

  /** How many issues are held in other numbers at the desk than at the firm. */
  differing(): number {
    const { desk, simulator, accountIds } = this.#world;
    let count = 0;
    for (const accountId of accountIds.values()) {
      const ours = new Map(desk.positions(accountId).map((each) => [each.instrumentId, each.quantity]));
      for (const { instrumentId, quantity } of simulator.positions(this.#world.firmId(accountId))) {
        if ((ours.get(instrumentId) ?? 0) !== quantity) count += 1;
        ours.delete(instrumentId);
      }
      count += [...ours.values()].filter((quantity) => quantity !== 0).length;
    }
    return count;
  }

  /** The accounts as a result keeps them. */
  accounts(): RunAccount[] {
    const { desk, simulator, accountIds } = this.#world;
    return this.#tracks.map((track): RunAccount => {
      const accountId = accountIds.get(track.id) ?? '';
      const fills = desk.fills({ accountId, limit: 20_000 });
      return {
        id: track.id,
        startKrw: track.startKrw,
        endKrw: track.equityKrw,
        returnPct: rounded(percent(track.equityKrw, track.startKrw)),
        maxDrawdownPct: rounded(track.maxDrawdownPct),
        worstDayPct: rounded(track.worstDayPct),
        leastCashKrw: track.leastCashKrw,
        orders: desk.orders({ accountId, open: false, limit: 20_000 }).length,
        fills: fills.length,
        commissionKrw: fills.reduce((sum, { commissionKrw }) => sum + commissionKrw, 0),
        taxKrw: fills.reduce((sum, { taxKrw }) => sum + taxKrw, 0),
        positions: simulator.positions(track.firmId).map(({ instrumentId, quantity }) => ({
          issue: codeOf(instrumentId),
          quantity,
          valueKrw: quantity * this.#price(instrumentId),
        })),
      };
    });
  }

  #price(instrumentId: string): number {
    const view = this.#world.simulator.issue(instrumentId);
    return view ? view.last || view.basePrice : 0;
  }

  #cash(firmId: string): number {
    return this.#world.simulator.account(firmId).cashD2Krw;
  }

  #equity(firmId: string): number {
    const { simulator } = this.#world;
    return simulator
      .positions(firmId)
      .reduce((sum, { instrumentId, quantity }) => sum + quantity * this.#price(instrumentId), this.#cash(firmId));
  }
}
