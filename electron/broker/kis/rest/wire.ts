/** One request over the transport: its place, what its answer teaches about the server's clock, and what it counts for. */
import { TransportError, type HttpAnswer, type HttpRequest, type Transport } from '#core/platform/index.ts';
import type { Clock } from '#shared/ports.ts';
import { epochMs } from '#shared/time/index.ts';
import type { LearningServerClock } from '../server-clock.ts';
import { readAnswer, type ReadAnswer } from './answer.ts';
import type { CallPlace } from './call-limiter.ts';
import type { RestCounter } from './health.ts';

export interface WireParts {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly serverClock: LearningServerClock;
  readonly counter: RestCounter;
}

/** The Date header is cut to seconds. @source RFC 9110 section 5.6.7 */
const DATE_RESOLUTION_MS = 1_000;

export class Wire {
  readonly #parts: WireParts;

  constructor(parts: WireParts) {
    this.#parts = parts;
  }

  /** Sends once. `envelope` false: an answer without rt_cd. */
  async send(
    request: HttpRequest,
    options: { readonly place: CallPlace; readonly envelope: boolean },
  ): Promise<ReadAnswer | TransportError> {
    const { clock, transport, counter } = this.#parts;
    const { place, envelope } = options;
    const sentTs = clock.now();
    const startMs = clock.monotonicMs();
    try {
      const answer = await transport.request({ ...request, written: () => place.written() });
      place.settled({ sent: true });
      counter.answered(clock.monotonicMs() - startMs);
      this.#learnTime(answer, sentTs);
      return readAnswer(answer, { envelope });
    } catch (error) {
      // What is no TransportError is a bug of a transport; whether it was sent is not known.
      const fault = error instanceof TransportError ? error : new TransportError('cut', true, { cause: error });
      place.settled({ sent: fault.sent });
      return fault;
    }
  }

  #learnTime(answer: HttpAnswer, sentTs: number): void {
    const ts = Date.parse(answer.headers['date'] ?? '');
    if (Number.isNaN(ts)) return;
    this.#parts.serverClock.learn({
      serverTs: epochMs(ts),
      resolutionMs: DATE_RESOLUTION_MS,
      earliestTs: epochMs(sentTs),
      latestTs: this.#parts.clock.now(),
    });
  }
}
