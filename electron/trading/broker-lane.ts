/** The way out to the broker: the only caller of its order verbs. Never awaited; every outcome comes back as a message. */
import type { Cleared } from '#shared/domain/index.ts';
import type { Timer, Timers } from '#shared/ports.ts';
import type { Broker, CancelRequest, Receipt, ReplaceRequest, SubmitAnswer, SubmitOrder } from '../broker/index.ts';
import type { TradingGate } from './trading-state.ts';

/** timeout: silence so far · cut: the line went down · failed: the call broke · withheld: stopped here, the broker was never called. */
export type NoAnswer = 'timeout' | 'cut' | 'failed' | 'withheld';

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

/** What is asked of the broker. */
export type Verb = 'submit' | 'replace' | 'cancel';

/** A call under way. */
interface Call {
  readonly timer: Timer;
  readonly answered: (none: NoAnswer) => void;
}

export class BrokerLane {
  readonly #parts: LaneParts;
  readonly #calls: Readonly<Record<Verb, Map<string, Call>>> = {
    submit: new Map(),
    replace: new Map(),
    cancel: new Map(),
  };

  constructor(parts: LaneParts) {
    this.#parts = parts;
  }

  /** Whether the broker still owes the answer to a call. */
  isUnderWay(verb: Verb, orderId: string): boolean {
    return this.#calls[verb].has(orderId);
  }

  submit(orderId: string, cleared: Cleared<SubmitOrder>): void {
    const { broker, gate, listener } = this.#parts;
    const answered = (answer: SubmitAnswer | NoAnswer): void => listener.submitAnswered(orderId, answer);
    // The last look: whatever shut the gate since the guard cleared the order stops it here.
    if (cleared.epoch !== gate.epoch) return answered('withheld');
    this.#call({ verb: 'submit', orderId }, () => broker.submit(cleared), answered);
  }

  replace(orderId: string, cleared: Cleared<ReplaceRequest>): void {
    const { broker, gate, listener } = this.#parts;
    const answered = (receipt: Receipt | NoAnswer): void => listener.replaceAnswered(orderId, receipt);
    if (cleared.epoch !== gate.epoch) return answered('withheld');
    this.#call({ verb: 'replace', orderId }, () => broker.replace(cleared), answered);
  }

  /** Cancels pass in every trading state. */
  cancel(orderId: string, request: CancelRequest): void {
    const { broker, listener } = this.#parts;
    const answered = (receipt: Receipt | NoAnswer): void => listener.cancelAnswered(orderId, receipt);
    this.#call({ verb: 'cancel', orderId }, () => broker.cancel(request), answered);
  }

  /** The line is cut: what was under way has no answer. */
  cut(): void {
    const calls = Object.values(this.#calls).flatMap((each) => [...each.values()]);
    this.dispose();
    for (const { answered } of calls) answered('cut');
  }

  dispose(): void {
    for (const calls of Object.values(this.#calls)) {
      for (const { timer } of calls.values()) timer.cancel();
      calls.clear();
    }
  }

  #call<Answer>(
    at: { readonly verb: Verb; readonly orderId: string },
    call: () => Promise<Answer>,
    answered: (answer: Answer | NoAnswer) => void,
  ): void {
    const { verb, orderId } = at;
    const calls = this.#calls[verb];
    const settle = (answer: Answer | NoAnswer): void => {
      const isUnderWay = calls.get(orderId) === entry;
      if (isUnderWay) calls.delete(orderId);
      entry.timer.cancel();
      // A late number is still a number; a late receipt may be about an older change and settles nothing anyway.
      if (isUnderWay || verb === 'submit') answered(answer);
    };
    const timer = this.#parts.timers.after(this.#parts.answerTimeoutMs(), () => settle('timeout'));
    const entry: Call = { timer, answered };
    calls.set(orderId, entry);
    try {
      call().then(settle, () => settle('failed'));
    } catch {
      settle('failed');
    }
  }
}
