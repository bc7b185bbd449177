/** What losses are measured from: an account at the start of its trading day, and at its highest; both move with cash that comes and goes. */

/** As it is kept over restarts; won. */
export interface AccountMarks {
  readonly date: string;
  readonly dayStartKrw: number;
  readonly peakKrw: number;
}

/** Keeps marks over restarts. */
export interface MarksPort {
  load(accountId: string): AccountMarks | null;
  save(accountId: string, marks: AccountMarks): void;
}

/** An account as it was last looked at. */
export interface AccountLook {
  readonly date: string;
  readonly equityKrw: number;
  readonly cashKrw: number;
  readonly ts: number;
}

/** So long after a fill the broker may still correct the cash: such a change is no deposit. */
const AFTER_FILL_MS = 180_000;

interface Known {
  marks: AccountMarks;
  cashKrw: number;
  filledTs: number;
}

export class MarkKeeper {
  readonly #port: MarksPort | null;
  readonly #known = new Map<string, Known>();

  constructor(port: MarksPort | null) {
    this.#port = port;
  }

  /** The marks with this look taken in. */
  look(accountId: string, { date, equityKrw, cashKrw, ts }: AccountLook): AccountMarks {
    let known = this.#known.get(accountId);
    if (!known) {
      const marks = this.#port?.load(accountId) ?? { date, dayStartKrw: equityKrw, peakKrw: equityKrw };
      known = { marks, cashKrw, filledTs: Number.NEGATIVE_INFINITY };
      this.#known.set(accountId, known);
      if (this.#port !== null && this.#port.load(accountId) === null) this.#port.save(accountId, marks);
    }
    let { dayStartKrw, peakKrw } = known.marks;
    // Cash that moved without a fill was paid in or out: neither profit nor loss.
    const moved = ts - known.filledTs > AFTER_FILL_MS ? cashKrw - known.cashKrw : 0;
    dayStartKrw += moved;
    peakKrw += moved;
    if (known.marks.date !== date) dayStartKrw = equityKrw;
    peakKrw = Math.max(peakKrw, equityKrw);
    known.cashKrw = cashKrw;
    if (dayStartKrw !== known.marks.dayStartKrw || peakKrw !== known.marks.peakKrw || date !== known.marks.date) {
      known.marks = { date, dayStartKrw, peakKrw };
      this.#port?.save(accountId, known.marks);
    }
    return known.marks;
  }

  /** A fill of the account, at exchange time. */
  filled(accountId: string, ts: number): void {
    const known = this.#known.get(accountId);
    if (known) known.filledTs = ts;
  }

  /** Another market: what was is no measure any more. */
  reset(): void {
    this.#known.clear();
  }
}
