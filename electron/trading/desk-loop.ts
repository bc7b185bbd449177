/** The desk's turn-taking: one task at a time, its events written first, then its effects, then the news of it. */
import { AppError } from '#shared/errors/index.ts';
import type { DeskDelta, OrderAck } from '#shared/contract/index.ts';
import type { Clock, Ids, Logger, Timers } from '#shared/ports.ts';
import { deltasOf } from './desk-deltas.ts';
import type { DeskState } from './desk-state.ts';
import type { MarketView } from './market-view.ts';
import { Mailbox } from './mailbox.ts';
import type { Recorder } from './recorder.ts';
import { LIMITS } from './settings.ts';
import { Step } from './step.ts';
import type { TradingGate } from './trading-state.ts';

interface LoopParts {
  readonly state: DeskState;
  readonly gate: TradingGate;
  readonly recorder: Recorder;
  readonly market: MarketView;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly log: Logger;
  /** Withdraws what is open, in the step that halted. */
  readonly halted: (step: Step) => void;
  /** What the events of a step mean for what Maru keeps; adds events of its own to the same write. */
  readonly follow: (step: Step) => void;
  /** A step is done; an inquiry is wanted in so many milliseconds, null: when one is due anyway. */
  readonly inquire: (inMs: number | null) => void;
}

interface Task {
  readonly name: string;
  readonly run: (step: Step) => void;
  readonly failed: (error: unknown) => void;
  readonly settled: () => void;
}

interface Waiter {
  readonly resolve: (ack: OrderAck) => void;
  readonly reject: (error: unknown) => void;
}

/** A command that may not wait behind others. */
interface Urgency {
  readonly first?: boolean;
}

/** Tasks done in one turn of the event loop before others may have theirs. */
const TASKS_A_TURN = 64;

export class DeskLoop {
  readonly #parts: LoopParts;
  readonly #mailbox = new Mailbox<Task>(LIMITS.notices);
  readonly #waiters = new Map<string, Waiter[]>();
  readonly #watchers = new Set<(deltas: DeskDelta[]) => void>();
  #commands = 0;
  #draining = false;
  #stopped = false;

  constructor(parts: LoopParts) {
    this.#parts = parts;
  }

  watch(listener: (deltas: DeskDelta[]) => void): () => void {
    this.#watchers.add(listener);
    return () => void this.#watchers.delete(listener);
  }

  stop(): void {
    this.#stopped = true;
    for (const waiters of this.#waiters.values())
      for (const { reject } of waiters) reject(new AppError('DESK_NOT_READY'));
    this.#waiters.clear();
    for (let task = this.#mailbox.take(); task; task = this.#mailbox.take())
      task.failed(new AppError('DESK_NOT_READY'));
  }

  /** Something that happened to the desk; when the mailbox is full it is dropped, and the broker is asked instead. */
  post(name: string, run: (step: Step) => void): void {
    if (this.#stopped) return;
    const task: Task = { name, run, failed: () => undefined, settled: () => undefined };
    if (this.#mailbox.post(task)) this.#drain();
    else this.#parts.inquire(0);
  }

  /** Something asked of the desk; resolves when it is on the disk and done. */
  command<Result>(name: string, act: (step: Step) => Result, how: Urgency = {}): Promise<Result> {
    return new Promise((resolve, reject) => {
      const run = (step: Step): void => {
        const result = act(step);
        step.after(() => resolve(result));
      };
      this.#enqueue({ name, run, failed: reject, settled: () => void (this.#commands -= 1) }, how);
    });
  }

  /** The same under a request id: with no answer yet it is waited for. */
  request(requestId: string, act: (step: Step) => OrderAck | null): Promise<OrderAck> {
    return new Promise((resolve, reject) => {
      const run = (step: Step): void => {
        const answer = act(step);
        if (answer) step.after(() => resolve(answer));
        else this.#waiters.set(requestId, [...(this.#waiters.get(requestId) ?? []), { resolve, reject }]);
      };
      this.#enqueue({ name: 'request', run, failed: reject, settled: () => void (this.#commands -= 1) }, {});
    });
  }

  /** Tries again to write what the disk refused. */
  retryRecord(): void {
    const { recorder } = this.#parts;
    if (recorder.failure === null) return;
    const count = recorder.retry();
    if (count !== null) this.post('record', (step) => step.alert('high', 'RECORD_RESTORED', { count }));
  }

  #enqueue(task: Task, how: Urgency): void {
    if (this.#stopped) return task.failed(new AppError('DESK_NOT_READY'));
    const urgent = how.first === true;
    if (!urgent && (this.#commands >= LIMITS.commands || !this.#mailbox.post(task))) {
      return task.failed(new AppError('DESK_BUSY', { limit: LIMITS.commands }));
    }
    if (urgent) this.#mailbox.postFirst(task);
    this.#commands += 1;
    this.#drain();
  }

  #drain(): void {
    if (this.#draining) return;
    this.#draining = true;
    for (let done = 0; !this.#stopped; done += 1) {
      if (done >= TASKS_A_TURN && this.#mailbox.size > 0) {
        this.#parts.timers.yieldTurn(() => this.#drain());
        break;
      }
      const task = this.#mailbox.take();
      if (!task) break;
      this.#perform(task);
    }
    this.#draining = false;
  }

  #perform(task: Task): void {
    const step = this.#step();
    try {
      task.run(step);
    } catch (error) {
      // A refusal leaves nothing behind; anything else is a bug, and then nothing more is sent.
      step.effects.length = 0;
      if (!(error instanceof AppError) || error.code === 'INTERNAL_BUG' || step.events.length > 0)
        this.#bug(step, task.name, error);
      step.after(() => task.failed(error));
    }
    this.#commit(step);
    task.settled();
  }

  #step(): Step {
    return new Step(this.#parts, this.#parts.clock.now());
  }

  #bug(step: Step, name: string, error: unknown): void {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#parts.log.error('desk step failed', { step: name, error: told });
    if (step.halt({ cause: 'invariant', note: name })) step.alert('critical', 'INTERNAL_BUG');
  }

  /** Writes, then acts, then tells. */
  #commit(step: Step): void {
    if (step.didHalt) this.#parts.halted(step);
    if (step.events.length > 0) this.#parts.follow(step);
    if (step.events.length > 0 && !this.#parts.recorder.write(step.events)) this.#recordFailed();
    for (const effect of step.effects) effect();
    this.#tell();
    this.#parts.inquire(step.inquireInMs);
  }

  /** The disk refuses: nothing new goes out, what is out is withdrawn. Runs before the effects of the step that found it. */
  #recordFailed(): void {
    const { failure } = this.#parts.recorder;
    const { tradingState } = this.#parts.state;
    if (!failure || (tradingState.state === 'halted' && tradingState.cause === 'storage')) return;
    this.#parts.log.error('journal refused', { code: failure.code });
    const step = this.#step();
    const why = { cause: 'storage', note: failure.code } as const;
    if (!step.halt(why)) step.setTradingState({ state: 'halted', ...why });
    step.alert('critical', failure.code, failure.params);
    this.#commit(step);
  }

  #tell(): void {
    const deltas = deltasOf(this.#parts.state);
    if (deltas.length > 0) {
      for (const listener of [...this.#watchers]) {
        try {
          listener(deltas);
        } catch (error) {
          this.#parts.log.error('a watcher of the desk failed', { error: String(error) });
        }
      }
    }
    for (const [requestId, waiters] of this.#waiters) {
      const ack = this.#parts.state.requests.get(requestId)?.ack;
      if (!ack) continue;
      this.#waiters.delete(requestId);
      for (const { resolve } of waiters) resolve(ack);
    }
  }
}
