/** Indicators against series that others have computed, and against themselves: a bar taken back leaves no trace. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  heikinAshi,
  INDICATORS,
  indicatorOf,
  type IndicatorBar,
  paramsOf,
  valuesOf,
} from '#shared/strategy/indicators/index.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'fixtures', 'golden');

interface Golden {
  readonly bars: readonly IndicatorBar[];
  /** Values of a column; null where the file has none. */
  readonly column: (name: string) => readonly (number | null)[];
}

function golden(file: string): Golden {
  const [head = '', ...lines] = readFileSync(join(FOLDER, file), 'utf8').trim().split(/\r?\n/);
  const names = head.split(',').map((name) => name.trim());
  const rows = lines.map((line) => line.split(','));
  const at = (name: string): number => names.findIndex((each) => each.toLowerCase() === name.toLowerCase());
  const cell = (row: readonly string[], name: string): number | null => {
    const text = row[at(name)]?.trim() ?? '';
    return text === '' ? null : Number(text);
  };
  const bars = rows.map((row, day): IndicatorBar => {
    const close = cell(row, 'Close') ?? 0;
    return {
      openTs: day * 86_400_000,
      open: cell(row, 'Open') ?? close,
      high: cell(row, 'High') ?? close,
      low: cell(row, 'Low') ?? close,
      close,
      volume: cell(row, 'Volume') ?? 0,
    };
  });
  return { bars, column: (name) => rows.map((row) => cell(row, name)) };
}

/** Compares from the `skip`-th value on: a file may have been seeded in another way. */
function agree(ours: readonly (number | null)[], theirs: readonly (number | null)[], skip = 0, within = 1e-4): number {
  let compared = 0;
  theirs.forEach((value, at) => {
    if (value === null || at < skip) return;
    const own = ours[at];
    expect(own, `row ${at}`).not.toBeNull();
    expect(Math.abs((own ?? Number.NaN) - value), `row ${at}: ${String(own)} for ${value}`).toBeLessThanOrEqual(
      Math.max(Math.abs(value), 1) * within,
    );
    compared += 1;
  });
  return compared;
}

function run(
  id: string,
  params: readonly number[],
  bars: readonly IndicatorBar[],
): readonly (readonly (number | null)[])[] {
  const indicator = indicatorOf(id);
  if (!indicator) throw new Error(`no ${id}`);
  const values = valuesOf(indicator, params, bars);
  return indicator.outputs.map((_, at) => values.map((row) => row[at] ?? null));
}

describe('indicators equal the reference', () => {
  const mixed = golden('spy_with_indicators.txt');

  it.each([
    ['sma', [14], 'SMA14', 0],
    ['ema', [14], 'EMA14', 0],
    ['rsi', [14], 'RSI 14 Wilder', 0],
  ] as const)('%s', (id, params, name, skip) => {
    const [ours = []] = run(id, params, mixed.bars);
    expect(agree(ours, mixed.column(name), skip)).toBeGreaterThan(400);
  });

  it('bollinger', () => {
    const file = golden('spy_bollinger_bands.txt');
    const [middle = [], upper = [], lower = []] = run('bollinger', [20, 2], file.bars);
    expect(agree(middle, file.column('Moving Average 20'))).toBeGreaterThan(400);
    agree(upper, file.column('Bollinger Bands® 20 2 Top'));
    agree(lower, file.column('Bollinger Bands® 20 2 Bottom'));
  });

  it('macd', () => {
    const file = golden('spy_with_macd.txt');
    const [macd = [], signal = [], histogram = []] = run('macd', [12, 26, 9], file.bars);
    // The file's own seed has died out by then.
    expect(agree(macd, file.column('MACD'), 150, 1e-3)).toBeGreaterThan(150);
    agree(signal, file.column('Signal'), 180, 1e-3);
    agree(histogram, file.column('Histogram'), 180, 1e-2);
  });

  it.each([
    // The file counts the first bar's own range, which has no close before it; that has died out by then.
    ['atr', 'spy_atr_wilder.txt', [14], 'Average True Range 14', 150, 1e-4],
    // Prices in the file are rounded, and a small deviation divides.
    ['cci', 'spy_with_cci.txt', [14], 'Commodity Channel Index (CCI) 14', 0, 1e-3],
    ['williams', 'spy_with_williamsR14.txt', [14], 'Williams %R 14', 0, 1e-3],
    ['obv', 'spy_with_obv.txt', [], 'OBV', 0, 1e-4],
  ] as const)('%s', (id, name, params, column, skip, within) => {
    const file = golden(name);
    const [ours = []] = run(id, params, file.bars);
    expect(agree(ours, file.column(column), skip, within)).toBeGreaterThan(300);
  });

  it('stochastic', () => {
    const file = golden('spy_with_stoch12k3.txt');
    const [k = [], d = []] = run('stochastic', [12, 3, 5], file.bars);
    expect(agree(k, file.column('Stochastics 12 %K 3'))).toBeGreaterThan(400);
    agree(d, file.column('%D 5'));
  });

  it('dmi', () => {
    const file = golden('spy_with_adx.txt');
    const [plus = [], minus = [], adx = []] = run('dmi', [14], file.bars);
    expect(agree(plus, file.column('+DI14'), 60, 1e-3)).toBeGreaterThan(300);
    agree(minus, file.column('-DI14'), 60, 1e-3);
    agree(adx, file.column('ADX 14'), 120, 5e-3);
  });

  it('parabolic', () => {
    const file = golden('spy_sarext.txt');
    const [ours = []] = run('psar', [0.02, 0.2], file.bars);
    expect(agree(ours, file.column('SAR'), 60)).toBeGreaterThan(900);
  });

  it('heikin-ashi', () => {
    const file = golden('spy_heikin_ashi.txt');
    const bars = heikinAshi(file.bars);
    agree(
      bars.map((bar) => bar.open),
      file.column('HA_Open'),
      20,
    );
    agree(
      bars.map((bar) => bar.high),
      file.column('HA_High'),
      20,
    );
    agree(
      bars.map((bar) => bar.low),
      file.column('HA_Low'),
      20,
    );
    expect(
      agree(
        bars.map((bar) => bar.close),
        file.column('HA_Close'),
        20,
      ),
    ).toBeGreaterThan(400);
  });
});

describe('every indicator', () => {
  const { bars } = golden('spy_with_adx.txt');

  it.each(INDICATORS.map((indicator) => [indicator.id, indicator] as const))(
    '%s takes its last bar back without a trace',
    (_id, indicator) => {
      const params = paramsOf(indicator, []);
      const plain = valuesOf(indicator, params, bars);
      const run = indicator.run(params);
      bars.forEach((bar, at) => {
        // The forming bar comes in several shapes before it is final.
        run.push({ ...bar, close: bar.high, volume: 1 });
        run.undo();
        run.push({ ...bar, close: bar.low, low: bar.low - 1 });
        run.undo();
        const values = run.push(bar);
        expect(values).toHaveLength(indicator.outputs.length);
        values.forEach((value, output) => {
          const want = plain[at]?.[output] ?? null;
          if (value === null || want === null) expect(value).toBe(want);
          else expect(value).toBeCloseTo(want, 6);
        });
      });
    },
  );

  it('keeps its parameters in their ranges', () => {
    const [first] = INDICATORS;
    expect(first && paramsOf(first, [9_999])).toEqual([20]);
    expect(first && paramsOf(first, [5])).toEqual([5]);
  });
});
