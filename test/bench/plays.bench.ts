/** From an event to what a play does about it under a mandate, with every detector on, the record and the history on the disk. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemRecord } from '#core/app/system-record.ts';
import { Journal } from '#core/storage/index.ts';
import { DESK_UPCASTERS } from '#core/trading/index.ts';
import { GuardStand } from '#test/support/guard-stand.ts';
import { SAMSUNG } from '#test/support/threat-stand.ts';

const WARM_UP = 30;
const BURSTS = 300;
const HALTS = 300;
/** A burst is over after a minute, and its threat three minutes after that. */
const OVER_S = 245;
const PLAY_P99_MS = 10;
const HALT_P99_MS = 1;
/** The sixth order within a second is one too many. */
const TOO_MANY = 6;

function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** A guard whose record, desk journal and history lie on the disk; the bench's clock runs only between two samples. */
async function opened(folder: string) {
  const desk = Journal.open({ path: join(folder, 'journal.db'), role: 'journal', upcasters: DESK_UPCASTERS });
  const system = Journal.open({ path: join(folder, 'system.db'), role: 'system' });
  const guard = new GuardStand({ storePath: join(folder, 'threats.db') });
  const record = new SystemRecord(system, guard.stand.time.clock);
  const stamps = { play: Number.NaN, gate: Number.NaN, written: Number.NaN };
  guard.stand.journal.after = (entries) => void desk.append(entries);
  guard.written.push = (...rows) => {
    for (const { play, what } of rows) {
      const { playId, play: id, detector, subject, severity, state, by, mandateId, endedBy, didKo, evidence } = play;
      const facts = { playId, play: id, detector, subject, severity, state, by, mandateId, endedBy, didKo };
      const kind = what === 'started' ? 'playStarted' : 'playEnded';
      record.add({ kind, environment: 'simulation', connectionId: null, ...facts, sawKo: evidence.sentenceKo });
      if (what === 'started') stamps.written = performance.now();
    }
    return 0;
  };
  const { gate } = guard.stand;
  const move = gate.move.bind(gate);
  gate.move = (state) => {
    move(state);
    if (state === 'halted') stamps.gate = performance.now();
  };
  await guard.stand.start();
  guard.room.watch((item) => {
    if (
      item.kind === 'play' &&
      item.play.by === 'mandate' &&
      item.play.state === 'running' &&
      Number.isNaN(stamps.play)
    )
      stamps.play = performance.now();
  });
  guard.room.start();
  await guard.stand.advance(2_000);
  let orders = 0;
  const ask = (): void => {
    const [ts, orderId] = [guard.stand.hub.exchangeNow(), `bench-${(orders += 1)}`];
    const order = {
      kind: 'order',
      ts,
      accountId: 'B1',
      id: SAMSUNG,
      side: 'buy',
      step: 'asked',
      gesture: null,
    } as const;
    guard.room.tell({ ...order, orderId, price: 60_000 + (orders % 100), quantity: 1 });
  };
  /** Orders until one is too many; the times from the telling of that one, milliseconds. */
  const burst = () => {
    for (let n = 1; n < TOO_MANY; n += 1) ask();
    Object.assign(stamps, { play: Number.NaN, gate: Number.NaN, written: Number.NaN });
    const from = performance.now();
    ask();
    return { play: stamps.play - from, gate: stamps.gate - from, written: stamps.written - from };
  };
  /** Lets what stands pass, so that every sample meets a guard at rest. */
  const rest = async (): Promise<void> => {
    for (let second = 0; second < OVER_S; second += 1) {
      const { time, feed } = guard.stand;
      await time.advance(1_000);
      feed.sessionNow = { ...feed.sessionNow, exchangeTs: time.clock.now() };
      feed.advanced();
    }
    guard.items.length = 0;
    if (guard.room.threats().some(({ detector }) => detector === 'O03')) throw new Error('the threat did not pass');
  };
  const close = (): void => {
    guard.close();
    desk.close();
    system.close();
  };
  return { guard, burst, rest, close };
}

/** P6: a block stands as the play is told. */
async function plays(folder: string): Promise<{ readonly play: number[]; readonly written: number[] }> {
  const { guard, burst, rest, close } = await opened(folder);
  guard.sign('P6', { detectors: ['O03'] });
  const [play, written]: [number[], number[]] = [[], []];
  for (let n = 0; n < WARM_UP + BURSTS; n += 1) {
    const sample = burst();
    if (n >= WARM_UP) {
      play.push(sample.play);
      written.push(sample.written);
    }
    await rest();
  }
  close();
  return { play, written };
}

/** P7: the gate is shut; each time trading is resumed by its phrase before the next. */
async function halts(folder: string): Promise<{ readonly gate: number[]; readonly written: number[] }> {
  const { guard, burst, rest, close } = await opened(folder);
  const { stand } = guard;
  guard.sign('P7', { detectors: ['O03'] });
  const [gate, written]: [number[], number[]] = [[], []];
  for (let n = 0; n < WARM_UP + HALTS; n += 1) {
    // Something is open: its cancel is part of what a halt begins.
    await stand.submit({ price: 69_000 });
    const sample = burst();
    if (n >= WARM_UP) {
      gate.push(sample.gate);
      written.push(sample.written);
    }
    await stand.advance(3_000);
    const resumed = stand.desk.resume('매매 재개');
    await stand.advance(500);
    if ((await resumed).state !== 'active' || Number.isNaN(sample.gate))
      throw new Error('the halt did not come and go');
    await rest();
  }
  close();
  return { gate, written };
}

export const bench = {
  name: 'plays',
  async run() {
    const folders = [mkdtempSync(join(tmpdir(), 'maru-bench-')), mkdtempSync(join(tmpdir(), 'maru-bench-'))] as const;
    try {
      const block = await plays(folders[0]);
      const halt = await halts(folders[1]);
      // Protection comes first, the record after it: how long the disk takes is told, and no goal.
      const row = (metric: string, samples: readonly number[], most: number | null) => {
        const value = percentile(samples, 0.99);
        const target = most === null ? '—' : `≤ ${most} ms p99`;
        return { metric, value, unit: 'ms', target, pass: most === null || value <= most };
      };
      return {
        measured: `O03 under a mandate, all detectors on; ${BURSTS} blocks (P6), ${HALTS} halts (P7), records on the disk`,
        rows: [
          row('event → play stands, p99', block.play, PLAY_P99_MS),
          row('event → play recorded on the disk, p99', block.written, null),
          row('event → gate shut, p99', halt.gate, HALT_P99_MS),
          row('event → halt recorded, cancels asked, p99', halt.written, null),
        ],
      };
    } finally {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    }
  },
};
