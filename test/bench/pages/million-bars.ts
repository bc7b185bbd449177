/** The page of the million-bar bench: our chart and the bare library beside it, over the same made-up minutes. */
import { CandlestickSeries, createChart, type Time } from 'lightweight-charts';
import { BarStore } from '../../../renderer/client/bar-store.ts';
import { grown, newest, type Span } from '../../../renderer/panels/chart/parts/bar-window.ts';
import { ChartView } from '../../../renderer/panels/chart/parts/chart-view.ts';
import type { ChartTheme } from '../../../renderer/theme/chart-theme.ts';

const MINUTE = 60_000;
const START = 1_420_070_400_000;
const AVERAGES = [5, 20, 60].map((size) => ({ id: 'sma', params: [size] }));

const THEME: ChartTheme = {
  ground: 'rgb(0, 0, 0)',
  ink1: 'rgb(255, 255, 255)',
  ink2: 'rgb(200, 200, 200)',
  ink3: 'rgb(150, 150, 150)',
  ink4: 'rgb(100, 100, 100)',
  line: 'rgb(50, 50, 50)',
  lineStrong: 'rgb(70, 70, 70)',
  grid: 'rgb(30, 30, 30)',
  up: 'rgb(255, 0, 0)',
  down: 'rgb(0, 0, 255)',
  upVolume: 'rgb(120, 0, 0)',
  downVolume: 'rgb(0, 0, 120)',
  label: 'rgb(60, 60, 60)',
  warn: 'rgb(255, 160, 0)',
  alert: 'rgb(255, 220, 0)',
  wash: 'rgb(10, 10, 10)',
  series: ['rgb(1, 200, 1)', 'rgb(200, 1, 200)', 'rgb(1, 200, 200)'],
  font: 'sans-serif',
};

/** A price that wanders, the same at every run. */
function columnsOf(count: number): Record<'openTs' | 'open' | 'high' | 'low' | 'close' | 'volume', Float64Array> {
  const make = (): Float64Array => new Float64Array(count);
  const columns = { openTs: make(), open: make(), high: make(), low: make(), close: make(), volume: make() };
  let price = 50_000;
  let state = 1;
  for (let row = 0; row < count; row += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const step = ((state >>> 8) % 11) - 5;
    const next = Math.max(1_000, price + step * 50);
    columns.openTs[row] = START + row * MINUTE;
    columns.open[row] = price;
    columns.high[row] = Math.max(price, next) + 50;
    columns.low[row] = Math.min(price, next) - 50;
    columns.close[row] = next;
    columns.volume[row] = state % 10_000;
    price = next;
  }
  return columns;
}

const frame = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => done()));
/** Until what was asked for before is on the screen. */
async function painted(): Promise<void> {
  await frame();
  await frame();
  await new Promise<void>((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done();
    port2.postMessage(null);
  });
}

function place(): HTMLElement {
  document.body.replaceChildren();
  const host = document.createElement('div');
  host.style.cssText = 'width:1200px;height:640px';
  document.body.append(host);
  return host;
}

let store = new BarStore();
let span: Span = { from: 0, to: 0 };
let view: ChartView | null = null;

const page = {
  /** The bars are known: from here on a chart can be opened. */
  know(count: number): void {
    view?.destroy();
    view = null;
    store = BarStore.of(columnsOf(count), count);
  },
  /** Opens our chart on them; milliseconds to the frame that shows it. */
  async open(): Promise<number> {
    view?.destroy();
    const host = place();
    await painted();
    const startedMs = performance.now();
    view = new ChartView(host, THEME);
    view.setIndicators(AVERAGES);
    span = newest(store.length);
    view.setBars(store.slice(span.from, span.to), { daily: false, stepMs: MINUTE, fit: true });
    await painted();
    return performance.now() - startedMs;
  },
  /** The newest bar changes once a frame, and every tenth frame another begins. */
  async update(frames: number): Promise<void> {
    for (let turn = 0; turn < frames; turn += 1) {
      const last = store.at(-1);
      if (!last || !view) throw new Error('there are no bars');
      const close = last.close + (turn % 3 === 0 ? 50 : -50);
      const openTs = turn % 10 === 9 ? last.openTs + MINUTE : last.openTs;
      const bar = { ...last, openTs, close, high: Math.max(last.high, close), low: Math.min(last.low, close) };
      store.put(bar);
      span = grown(span, store.length);
      view.update(bar);
      await frame();
    }
  },
  /** The bare library with all the bars at once, and no averages or volume; milliseconds to the frame that shows it. */
  async bare(count: number): Promise<number> {
    view?.destroy();
    view = null;
    const host = place();
    await painted();
    const all = store.slice(0, count);
    const startedMs = performance.now();
    const chart = createChart(host, { width: 1_200, height: 640 });
    const series = chart.addSeries(CandlestickSeries);
    series.setData(
      all.map(({ openTs, open, high, low, close }) => ({ time: (openTs / 1_000) as Time, open, high, low, close })),
    );
    await painted();
    const tookMs = performance.now() - startedMs;
    chart.remove();
    return tookMs;
  },
};

export type MillionBarsPage = typeof page;

(window as unknown as { bars: MillionBarsPage }).bars = page;
