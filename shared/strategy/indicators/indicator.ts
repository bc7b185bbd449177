/** What an indicator is: its parameters, what it draws, and a run over bars that can take its last bar back. */

/** A bar as indicators read it; prices in the unit, `openTs` epoch milliseconds. */
export interface IndicatorBar {
  readonly openTs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export interface IndicatorParam {
  readonly id: string;
  readonly ko: string;
  readonly en: string;
  readonly first: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

export interface IndicatorOutput {
  readonly id: string;
  /** After the indicator's name; "" where it has one output. */
  readonly label: string;
  readonly draws: 'line' | 'histogram' | 'dots';
}

export interface Indicator {
  /** Saved charts name it by this: never renamed. */
  readonly id: string;
  readonly ko: string;
  readonly en: string;
  readonly short: string;
  readonly params: readonly IndicatorParam[];
  readonly outputs: readonly IndicatorOutput[];
  /** price: over the candles · own: in a pane below them. */
  readonly pane: 'price' | 'own';
  /** Levels drawn across its own pane. */
  readonly levels?: readonly number[];
  /** A run with parameters, in their order. */
  readonly run: (params: readonly number[]) => IndicatorRun;
}

/** One value an output; null: not enough bars yet. */
export type IndicatorValues = readonly (number | null)[];

export interface IndicatorRun {
  push(bar: IndicatorBar): IndicatorValues;
  /** Takes the last bar back, once; another may be pushed in its place. */
  undo(): void;
}

/** A run of parts that are all taken back together. */
export function runOf(parts: readonly { undo(): void }[], push: (bar: IndicatorBar) => IndicatorValues): IndicatorRun {
  return {
    push,
    undo() {
      for (const part of parts) part.undo();
    },
  };
}

/** A length of bars as a parameter. */
export function length(first: number, id = 'length', ko = '기간', en = 'Length'): IndicatorParam {
  return { id, ko, en, first, min: 1, max: 500, step: 1 };
}

export const LINE: readonly IndicatorOutput[] = [{ id: 'value', label: '', draws: 'line' }];
