/** The way out to the broker: the only caller of its order verbs. Never awaited; every outcome comes back as a message. */
import type { Cleared } from '#shared/domain/index.ts';
import type { Timer, Timers } from '#shared/ports.ts';
import type { Broker, CancelRequest, Receipt, ReplaceRequest, SubmitAnswer, SubmitOrder } from '../broker/index.ts';
import type { TradingGate } from './trading-state.ts';

/** timeout: silence so far · failed: the call broke · withheld: stopped here, the broker was never called. */
export type NoAnswer = 'timeout' | 'failed' | 'withheld';

/** What came of a call. */
export interface LaneListener {
  submitAnswered(orderId: string, answer: SubmitAnswer | NoAnswer): void;
  replaceAnswered(orderId: string, receipt: Receipt | NoAnswer): void;
  cancelAnswered(orderId: string, receipt: Receipt | NoAnswer): void;
}

interface LaneParts {
  readonly broker: Broker;
  readonly timers: Timers;
  readonly gate: TradingGate;
  readonly answerTimeoutMs: () => number;
  readonly listener: LaneListener;
}

export class BrokerLane {
  readonly #parts: LaneParts;
  readonly #submits = new Map<string, Timer>();
  readonly #replaces = new Map<string, Timer>();
  readonly #cancels = new Map<string, Timer>();

  constructor(parts: LaneParts) {
    this.#parts = parts;
  }

  isSubmitting(orderId: string): boolean {
    return this.#submits.has(orderId);
  }

  isReplacing(orderId: string): boolean {
    return this.#replaces.has(orderId);
  }

  isCanceling(orderId: string): boolean {
    return this.#cancels.has(orderId);
  }

  submit(orderId: string, cleared: Cleared<SubmitOrder>): void {
    const { broker, gate, listener } = this.#parts;
    const answered = (answer: SubmitAnswer | NoAnswer): void => listener.submitAnswered(orderId, answer);
    // The last look: whatever shut the gate since the guard cleared the order stops it here.
    if (cleared.epoch !== gate.epoch) return answered('withheld');
    this.#call({ calls: this.#submits, orderId }, () => broker.submit(cleared), answered);
  }

  replace(orderId: string, cleared: Cleared<ReplaceRequest>): void {
    const { broker, gate, listener } = this.#parts;
    const answered = (receipt: Receipt | NoAnswer): void => listener.replaceAnswered(orderId, receipt);
    if (cleared.epoch !== gate.epoch) return answered('withheld');
    this.#call({ calls: this.#replaces, orderId }, () => broker.replace(cleared), answered);
  }

  /** Cancels pass in every trading state. */
  cancel(orderId: string, request: CancelRequest): void {
    const { broker, listener } = this.#parts;
    const answered = (receipt: Receipt | NoAnswer): void => listener.cancelAnswered(orderId, receipt);
    this.#call({ calls: this.#cancels, orderId }, () => broker.cancel(request), answered);
  }

  /** The line is cut: what was under way is under way no more. */
  cut(): readonly string[] {
    const cut = [...this.#submits.keys()];
    this.dispose();
    return cut;
  }

  dispose(): void {
    for (const calls of [this.#submits, this.#replaces, this.#cancels]) {
      for (const timer of calls.values()) timer.cancel();
      calls.clear();
    }
  }

  #call<Answer>(
    at: { readonly calls: Map<string, Timer>; readonly orderId: string },
    call: () => Promise<Answer>,
    answered: (answer: Answer | NoAnswer) => void,
  ): void {
    const { calls, orderId } = at;
    const timer = this.#parts.timers.after(this.#parts.answerTimeoutMs(), () => {
      if (calls.get(orderId) === timer) calls.delete(orderId);
      answered('timeout');
    });
    calls.set(orderId, timer);
    const settle = (answer: Answer | NoAnswer): void => {
      timer.cancel();
      if (calls.get(orderId) === timer) calls.delete(orderId);
      // An answer after the timeout is still an answer.
      answered(answer);
    };
    try {
      call().then(settle, () => settle('failed'));
    } catch {
      settle('failed');
    }
  }
}
