/** The board of 2,700 issues: a delta of 2,000 changes, its way over the wire, a whole look, screens, and the layout of the map. */
import { boardDelta, boardRow } from '#core/market/index.ts';
import { systemClock } from '#core/platform/index.ts';
import { BOARD_COLUMNS, boardKey, type BoardColumn, type BoardItem } from '#shared/domain/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { decodeFrame, encodeFrame, type ServerFrame } from '#shared/rpc/index.ts';
import { BoardTable, compileTree, emptyBoardColumns, parseExpression } from '#shared/market/index.ts';
import { layoutMap } from '../../renderer/panels/heatmap/parts/layout.ts';

const ISSUES = 2_700;
const CHANGES = 2_000;
const EVALUATIONS = 80;
const TURNS = 41;
const WARM = 10;
const EXPRESSION = 'change > 3 and volume > 2 * avgVolume20 or (fromHigh52 > -5 and not halted and turnover < 1)';

/** Median of several runs after some to warm up, milliseconds. */
function medianMs(act: (turn: number) => void, before: (turn: number) => void = () => undefined): number {
  const samples: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    before(turn);
    const began = systemClock.monotonicMs();
    act(turn);
    if (turn >= WARM) samples.push(systemClock.monotonicMs() - began);
  }
  return samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Number.NaN;
}

function filled(): Record<BoardColumn, Float64Array> {
  const rng = Rng.from('board', 'bench');
  const columns = emptyBoardColumns(ISSUES);
  for (let place = 0; place < ISSUES; place += 1) {
    const base = 1_000 + rng.int(400_000);
    columns.base[place] = base;
    columns.last[place] = base + rng.int(200);
    columns.open[place] = base;
    columns.high[place] = base + 300;
    columns.low[place] = base - 300;
    columns.volume[place] = rng.int(10_000_000);
    columns.value[place] = base * (columns.volume[place] ?? 0);
  }
  return columns;
}

function head(): BoardItem {
  return {
    kind: 'head',
    scope: 'market',
    sessionDate: '2026-03-03',
    instrumentIds: Array.from({ length: ISSUES }, (_, place) => `KRX:${String(place).padStart(6, '0')}`),
    listedShares: Array.from({ length: ISSUES }, (_, place) => 1_000_000 + place * 7_919),
    coverage: 'all',
  };
}

export const bench = {
  name: 'board',
  run(): Promise<{ measured: string; rows: unknown[] }> {
    const now = filled();
    const told = emptyBoardColumns(ISSUES);
    boardDelta(told, now);
    const change = (turn: number): void => {
      for (let place = 0; place < CHANGES; place += 1) {
        now.last[place] = (now.base[place] ?? 0) + turn + 1;
        now.volume[place] = (now.volume[place] ?? 0) + 10;
        now.value[place] = (now.value[place] ?? 0) + 10 * (now.last[place] ?? 0);
      }
    };
    let delta: BoardItem[] = [];
    const buildMs = medianMs(() => {
      delta = boardDelta(told, now);
    }, change);
    if (delta.length !== CHANGES) throw new Error(`${delta.length} changes`);
    const frame = (items: readonly unknown[]): ServerFrame => ({
      kind: 'item',
      id: 1,
      batch: 1,
      seq: 1,
      snapshot: false,
      items: [...items],
    });
    let bytes = encodeFrame(frame(delta), null);
    const encodeMs = medianMs(() => {
      bytes = encodeFrame(frame(delta), null);
    });
    const table = new BoardTable();
    const whole: BoardItem[] = [head(), ...Array.from({ length: ISSUES }, (_, place) => boardRow(now, place))];
    table.apply(whole, true);
    const decodeMs = medianMs(() => {
      const { frame: read } = decodeFrame(bytes);
      table.apply((read as { readonly items: readonly BoardItem[] }).items, false);
    });
    const keysMs = medianMs(() => {
      const newest = new Map<string, BoardItem>();
      for (const item of delta) newest.set(boardKey(item), item);
    });
    const named = delta.map((row) =>
      Object.fromEntries(['place', ...BOARD_COLUMNS].map((name, at) => [name, (row as readonly number[])[at]])),
    );
    let peerBytes = encodeFrame(frame(named), null);
    const peerEncodeMs = medianMs(() => {
      peerBytes = encodeFrame(frame(named), null);
    });
    const peerDecodeMs = medianMs(() => void decodeFrame(peerBytes));
    const snapshotMs = medianMs(() => void decodeFrame(encodeFrame(frame(whole), null)));

    const parsed = parseExpression(EXPRESSION);
    if (!parsed.ok) throw new Error('the expression of the bench');
    for (const column of Object.values(table.history)) column.fill(10_000);
    let matches = 0;
    const screenMs = medianMs(() => {
      for (let n = 0; n < EVALUATIONS; n += 1) {
        const holds = compileTree(parsed.tree, table);
        for (let place = 0; place < ISSUES; place += 1) if (holds(place) === 1) matches += 1;
      }
    });
    if (matches === 0) throw new Error('nothing matched');
    const entries = Array.from({ length: ISSUES }, (_, place) => ({
      place,
      group: place % 3 === 0 ? 'KOSPI' : 'KOSDAQ',
      weight: (now.base[place] ?? 0) * (1_000_000 + ((place * 7_919) % 50_000_000)),
    }));
    const layoutMs = medianMs(() => void layoutMap(entries, { width: 1_200, height: 560 }));

    const row = (metric: string, value: number, limit: number | null, unit = 'ms'): unknown => ({
      metric,
      value,
      unit,
      target: limit === null ? '견줄 값' : `≤ ${limit.toLocaleString('en-US')}`,
      pass: limit === null || value <= limit,
    });
    return Promise.resolve({
      measured: `${ISSUES.toLocaleString('en-US')}종목, 바뀐 줄 ${CHANGES.toLocaleString('en-US')}개, ${TURNS - WARM}회의 중앙값`,
      rows: [
        row('바뀐 줄 찾아 만들기', buildMs, 2),
        row('줄마다 새것만 남기기', keysMs, 2),
        row('보낼 글로 만들기', encodeMs, 2),
        row('받은 글을 읽어 판에 넣기', decodeMs, 2),
        row('이름 붙은 JSON 줄, 만들기', peerEncodeMs, null),
        row('이름 붙은 JSON 줄, 읽기만', peerDecodeMs, null),
        row('처음 한 번 전체, 양쪽', snapshotMs, null),
        row('바뀐 줄의 크기', (bytes as { readonly length: number }).length / 1_024, null, 'KiB'),
        row('이름 붙은 줄의 크기', (peerBytes as { readonly length: number }).length / 1_024, null, 'KiB'),
        row(`조건식 ${EVALUATIONS}번 × ${ISSUES.toLocaleString('en-US')}종목`, screenMs, 1_000),
        row('시장 지도 배치', layoutMs, 16),
      ],
    });
  },
};
