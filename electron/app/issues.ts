/** What is known of the issues, kept until an import changes it. */
import { BUNDLED, listing } from '#core/market/index.ts';
import { withMasters, type MasterIssue } from '#core/masters/index.ts';
import type { CandleStore } from '#core/storage/index.ts';
import type { ForeignInstrument, Instrument, InstrumentId, KrxInstrument } from '#shared/domain/index.ts';

/** What the broker's symbol masters say. */
export interface MasterFacts {
  /** Of Korean shares. */
  issues(): readonly MasterIssue[];
  /** Of any other issue; undefined: nothing. */
  instrument(id: InstrumentId): Instrument | undefined;
}

const NO_MASTERS: MasterFacts = { issues: () => [], instrument: () => undefined };

export class Issues {
  readonly #candles: CandleStore;
  readonly #bundled: readonly ForeignInstrument[];
  readonly #masters: MasterFacts;
  #abroad: readonly ForeignInstrument[] = [];
  #all: readonly Instrument[] = [];
  #domestic: readonly KrxInstrument[] = [];
  #korean: ReadonlyMap<InstrumentId, KrxInstrument> = new Map();
  #byId: ReadonlyMap<InstrumentId, Instrument> = new Map();

  /** `abroad`: issues that no Korean import tells of. */
  constructor(candles: CandleStore, abroad: readonly ForeignInstrument[] = [], masters: MasterFacts = NO_MASTERS) {
    this.#candles = candles;
    this.#bundled = abroad;
    this.#masters = masters;
    this.refresh();
  }

  /** Those that are listed; `find` knows more. */
  get all(): readonly Instrument[] {
    return this.#all;
  }

  /** Those of KRX: what the practice market may trade. */
  get domestic(): readonly KrxInstrument[] {
    return this.#domestic;
  }

  /** Those abroad that are listed. */
  get abroad(): readonly ForeignInstrument[] {
    return this.#abroad;
  }

  /** The issues that a synthetic market lists: the bundled ones, so that an import of the whole market does not grow it sevenfold. */
  get synthetic(): readonly KrxInstrument[] {
    return BUNDLED.map(({ id }) => this.#korean.get(id)).filter((issue) => issue !== undefined);
  }

  /** A listed issue, or one that only the symbol masters name: the tens of thousands there are become instruments one by one. */
  find(id: InstrumentId): Instrument | undefined {
    return this.#byId.get(id) ?? this.#masters.instrument(id);
  }

  /** undefined for an issue abroad, too. */
  korean(id: InstrumentId): KrxInstrument | undefined {
    return this.#korean.get(id);
  }

  refresh(): void {
    const korean = withMasters(listing(this.#candles.instrumentsSeen()), this.#masters.issues());
    this.#domestic = korean;
    this.#korean = new Map(korean.map((issue) => [issue.id, issue]));
    this.#abroad = this.#bundled.map((issue) => this.#withLot(issue));
    this.#all = [...korean, ...this.#abroad];
    this.#byId = new Map(this.#all.map((issue) => [issue.id, issue]));
  }

  /** A bundled issue abroad with the lot that the masters know: paper tells none of Hong Kong. */
  #withLot(issue: ForeignInstrument): ForeignInstrument {
    const told = this.#masters.instrument(issue.id);
    return told && told.lotSize > 0 ? { ...issue, lotSize: told.lotSize } : issue;
  }
}
