/** What clients speak to: passes calls and streams to the environment in force, and ends them all when another takes its place. */
import { AppError } from '#shared/errors/index.ts';
import type { Logger, Timers } from '#shared/ports.ts';
import type { CallContext, StreamSink } from '#shared/rpc/index.ts';
import type { ComposedEnvironment } from './composed.ts';

/** How long calls under way may take to finish before the environment goes away, milliseconds. */
const GRACE_MS = 3_000;

interface OpenStream {
  /** Starts it on an environment; set while none is in force. */
  begin: ((environment: ComposedEnvironment) => void) | null;
  /** Ends what was started, and tells the client to open again. */
  end: () => void;
}

export interface FrontParts {
  readonly timers: Timers;
  readonly logger: Logger;
}

export class Front {
  readonly #parts: FrontParts;
  readonly #streams = new Set<OpenStream>();
  /** Calls under way: each is told when its environment goes away. */
  readonly #calls = new Set<(error: AppError) => void>();
  #inForce: ComposedEnvironment | null = null;
  /** On its way out: what must work at every moment still reaches it. */
  #leaving: ComposedEnvironment | null = null;
  #quiet: (() => void) | null = null;

  constructor(parts: FrontParts) {
    this.#parts = parts;
  }

  /** Throws ENVIRONMENT_SWITCHING while one makes way for another. */
  get inForce(): ComposedEnvironment {
    if (this.#inForce === null) throw new AppError('ENVIRONMENT_SWITCHING');
    return this.#inForce;
  }

  get inForceOrNull(): ComposedEnvironment | null {
    return this.#inForce;
  }

  /** Open streams and calls, for tests: nothing may stay behind. */
  get load(): { readonly streams: number; readonly calls: number } {
    return { streams: this.#streams.size, calls: this.#calls.size };
  }

  /** A handler that asks the environment in force. An order verb that outlives it leaves the outcome open, and says so. */
  call<Input, Output>(
    act: (environment: ComposedEnvironment, input: Input, context: CallContext) => Output | Promise<Output>,
    how: { readonly order?: boolean; readonly always?: boolean } = {},
  ): (input: Input, context: CallContext) => Promise<Output> {
    return (input, context) => {
      const environment = how.always === true ? (this.#leaving ?? this.inForce) : this.inForce;
      const abort = new AbortController();
      const within = { ...context, signal: AbortSignal.any([context.signal, abort.signal]) };
      return new Promise<Output>((resolve, reject) => {
        const gone = (error: AppError): void => {
          over();
          reject(how.order === true ? new AppError('OUTCOME_UNKNOWN') : error);
          abort.abort();
        };
        const over = (): void => {
          this.#calls.delete(gone);
          if (this.#calls.size === 0) this.#quiet?.();
        };
        this.#calls.add(gone);
        const run = async (): Promise<Output> => act(environment, input, within);
        run().finally(over).then(resolve, reject);
      });
    };
  }

  /** A stream handler on the environment in force; one opened during a switch begins with the next. */
  stream<Input, Item>(
    start: (environment: ComposedEnvironment, input: Input, sink: StreamSink<Item>) => () => void,
  ): (input: Input, sink: StreamSink<Item>) => () => void {
    return (input, sink) => {
      let stop: (() => void) | null = null;
      const halt = (): void => {
        const stopping = stop;
        stop = null;
        stopping?.();
      };
      const begin = (environment: ComposedEnvironment): void => {
        stop = start(environment, input, sink);
      };
      const stream: OpenStream = {
        begin: null,
        end: () => {
          halt();
          sink.end(new AppError('ENVIRONMENT_SWITCHED'));
        },
      };
      if (this.#inForce) begin(this.#inForce);
      else {
        stream.begin = (environment) => {
          try {
            begin(environment);
          } catch (error) {
            sink.end(error);
          }
        };
      }
      this.#streams.add(stream);
      return () => {
        this.#streams.delete(stream);
        halt();
      };
    };
  }

  /** Takes no new calls, and waits for those under way as long as they may take. */
  async shut(): Promise<ComposedEnvironment | null> {
    const environment = this.#inForce;
    this.#inForce = null;
    this.#leaving = environment;
    if (this.#calls.size > 0) {
      await new Promise<void>((resolve) => {
        const timer = this.#parts.timers.after(GRACE_MS, resolve);
        this.#quiet = () => {
          timer.cancel();
          resolve();
        };
      });
      this.#quiet = null;
    }
    return environment;
  }

  /** Ends the streams of the one that goes; calls that did not finish learn that it is gone. */
  leave(): void {
    this.#leaving = null;
    for (const stream of [...this.#streams]) {
      // One that waits for the next environment has nothing to end.
      if (stream.begin !== null) continue;
      try {
        stream.end();
      } catch (error) {
        this.#parts.logger.error('a stream did not stop', { error });
      }
    }
    for (const gone of [...this.#calls]) gone(new AppError('ENVIRONMENT_SWITCHED'));
  }

  /** Puts an environment in force and starts what waited for it. */
  open(environment: ComposedEnvironment): void {
    this.#inForce = environment;
    this.#leaving = null;
    for (const stream of [...this.#streams]) {
      const { begin } = stream;
      stream.begin = null;
      begin?.(environment);
    }
  }
}
