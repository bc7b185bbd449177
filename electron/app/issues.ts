/** What is known of the issues, kept until an import changes it. */
import { BUNDLED, listing } from '#core/market/index.ts';
import { withMasters, type MasterIssue } from '#core/masters/index.ts';
import type { CandleStore } from '#core/storage/index.ts';
import type { Instrument, InstrumentId, KrxInstrument } from '#shared/domain/index.ts';

export class Issues {
  readonly #candles: CandleStore;
  readonly #abroad: readonly Instrument[];
  readonly #masters: () => readonly MasterIssue[];
  #all: readonly Instrument[] = [];
  #domestic: readonly KrxInstrument[] = [];
  #korean: ReadonlyMap<InstrumentId, KrxInstrument> = new Map();
  #byId: ReadonlyMap<InstrumentId, Instrument> = new Map();

  /** `abroad`: issues that no Korean import tells of; `masters`: what the broker's symbol masters say. */
  constructor(
    candles: CandleStore,
    abroad: readonly Instrument[] = [],
    masters: () => readonly MasterIssue[] = () => [],
  ) {
    this.#candles = candles;
    this.#abroad = abroad;
    this.#masters = masters;
    this.refresh();
  }

  get all(): readonly Instrument[] {
    return this.#all;
  }

  /** Those of KRX: what the practice market may trade. */
  get domestic(): readonly KrxInstrument[] {
    return this.#domestic;
  }

  /** The issues that a synthetic market lists: the bundled ones, so that an import of the whole market does not grow it sevenfold. */
  get synthetic(): readonly KrxInstrument[] {
    return BUNDLED.map(({ id }) => this.#korean.get(id)).filter((issue) => issue !== undefined);
  }

  find(id: InstrumentId): Instrument | undefined {
    return this.#byId.get(id);
  }

  /** undefined for an issue abroad, too. */
  korean(id: InstrumentId): KrxInstrument | undefined {
    return this.#korean.get(id);
  }

  refresh(): void {
    const korean = withMasters(listing(this.#candles.instrumentsSeen()), this.#masters());
    this.#domestic = korean;
    this.#korean = new Map(korean.map((issue) => [issue.id, issue]));
    this.#all = [...korean, ...this.#abroad];
    this.#byId = new Map(this.#all.map((issue) => [issue.id, issue]));
  }
}
