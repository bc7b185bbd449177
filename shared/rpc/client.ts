/** The asking end of a pipe: greets the core, sends calls, keeps streams open. Runs in the browser as well; needs zod without code generation there (`z.config({ jitless: true })`). */
import { AppError, envelope, type ErrorEnvelope } from '../errors/index.ts';
import type { Timers } from '../ports.ts';
import { readColumns } from './columns.ts';
import type { CallOptions, Client, ContractDef, MethodDef, StreamDef, StreamListener } from './define.ts';
import { type ClientFrame, ServerFrame } from './frame.ts';
import { Inlet } from './inlet.ts';
import type { Pipe } from './pipe.ts';

/** Time the core has to welcome us, milliseconds. */
const WELCOME_MS = 10_000;
/** Frames that may wait for the welcome. */
const WAITING_FRAMES = 1_000;

/** What the client end is given. */
export interface ConnectDeps {
  /** Version both ends must share. */
  readonly protocol: number;
  readonly timers: Timers;
  /** One-time token of the address, or the secret of an earlier welcome (web door only). */
  readonly token?: string;
  readonly session?: string;
  readonly focused?: boolean;
  /** When a batch counts as rendered, for example after the next paint; at once when not given. */
  readonly schedule?: (run: () => void) => void;
  /** Told of errors thrown by a listener and of faults that belong to no call. */
  readonly report: (error: unknown) => void;
}

/** A client and its line. */
export interface Connection<C extends ContractDef> {
  readonly client: Client<C>;
  /** Settles when the core has answered: `session` is the web door's secret for a reload. Rejects with the reason where it refused. */
  readonly ready: Promise<{ readonly session: string | null }>;
  /** The line is gone: the reason, or null when `close` was called here. */
  readonly closed: Promise<ErrorEnvelope | null>;
  /** Tells whether the user is looking here; streams slow down while not. */
  setFocused(focused: boolean): void;
  close(): void;
}

/** An error as the core told it, with its trace id. */
export class RemoteError extends AppError {
  readonly envelope: ErrorEnvelope;

  constructor(source: ErrorEnvelope) {
    super(source.code, source.details ?? {});
    this.name = 'RemoteError';
    this.envelope = source;
  }
}

/** A promise and what settles it. */
class Deferred<T> {
  readonly promise: Promise<T>;
  resolve: (value: T) => void = () => undefined;
  reject: (error: unknown) => void = () => undefined;

  constructor() {
    this.promise = new Promise<T>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}

interface PendingCall {
  readonly def: MethodDef;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

class Link {
  readonly #pipe: Pipe;
  readonly #deps: ConnectDeps;
  readonly #calls = new Map<number, PendingCall>();
  /** Streams by the number of their opening, and all of them, those between two openings too. */
  readonly #inlets = new Map<number, Inlet>();
  readonly #watched = new Set<Inlet>();
  /** Frames kept until the welcome; null afterwards. */
  #waiting: { readonly frame: ClientFrame; readonly bytes: Uint8Array | undefined }[] | null = [];
  #lastId = 0;
  #closedWith: ErrorEnvelope | null | undefined;
  readonly ready = new Deferred<{ readonly session: string | null }>();
  readonly closed = new Deferred<ErrorEnvelope | null>();

  constructor(pipe: Pipe, deps: ConnectDeps) {
    this.#pipe = pipe;
    this.#deps = deps;
    // Who only looks at `closed` must not be told twice.
    this.ready.promise.catch(() => undefined);
    const patience = deps.timers.after(WELCOME_MS, () => this.#end(envelope('PIPE_CLOSED')));
    const settled = (): void => patience.cancel();
    this.ready.promise.then(settled, settled);
    pipe.onFrame((frame, bytes) => this.#receive(frame, bytes));
    pipe.onClose(() => this.#end(envelope('PIPE_CLOSED')));
    pipe.send({
      kind: 'hello',
      protocol: deps.protocol,
      focused: deps.focused ?? true,
      ...(deps.token === undefined ? {} : { token: deps.token }),
      ...(deps.session === undefined ? {} : { session: deps.session }),
    });
  }

  send(frame: ClientFrame, bytes?: Uint8Array): void {
    if (this.#closedWith !== undefined) throw new AppError('PIPE_CLOSED');
    if (this.#waiting === null) {
      this.#pipe.send(frame, bytes);
      return;
    }
    if (this.#waiting.length >= WAITING_FRAMES) throw new AppError('TOO_MANY_CALLS', { limit: WAITING_FRAMES });
    this.#waiting.push({ frame, bytes });
  }

  call(call: {
    readonly name: string;
    readonly def: MethodDef;
    readonly input: unknown;
    readonly bytes: Uint8Array | undefined;
    readonly signal: AbortSignal | undefined;
  }): Promise<unknown> {
    const { def, signal } = call;
    if (signal?.aborted) return Promise.reject(new AppError('CANCELED'));
    this.#lastId += 1;
    const id = this.#lastId;
    const outcome = new Deferred<unknown>();
    const abort = (): void => {
      // What may not be canceled is waited for: its outcome matters.
      if (!def.cancellable || !this.#calls.delete(id)) return;
      this.#trySend({ kind: 'cancel', id });
      outcome.reject(new AppError('CANCELED'));
    };
    this.#calls.set(id, { def, resolve: outcome.resolve, reject: outcome.reject });
    try {
      this.send({ kind: 'call', id, method: call.name, input: call.input }, call.bytes);
    } catch (error) {
      this.#calls.delete(id);
      outcome.reject(error);
      return outcome.promise;
    }
    signal?.addEventListener('abort', abort, { once: true });
    return outcome.promise.finally(() => signal?.removeEventListener('abort', abort));
  }

  watch(name: string, def: StreamDef, input: unknown, listener: StreamListener<unknown>): () => void {
    const inlet: Inlet = new Inlet({
      every: def.mode === 'every',
      snapshot: def.snapshot,
      listener,
      timers: this.#deps.timers,
      schedule: this.#deps.schedule ?? ((run) => run()),
      report: this.#deps.report,
      open: () => {
        this.#lastId += 1;
        this.#inlets.set(this.#lastId, inlet);
        this.#trySend({ kind: 'open', id: this.#lastId, stream: name, input });
        return this.#lastId;
      },
      close: (id, tell) => {
        if (this.#inlets.delete(id) && tell) this.#trySend({ kind: 'close', id });
      },
      ack: (id, batch) => this.#trySend({ kind: 'ack', id, batch }),
      over: () => this.#watched.delete(inlet),
    });
    this.#watched.add(inlet);
    if (this.#closedWith === undefined) inlet.start();
    else inlet.lost(this.#closedWith ?? envelope('PIPE_CLOSED'));
    return () => inlet.stop();
  }

  close(): void {
    this.#end(null);
  }

  /** A stream learns of a closed line by its end, not by a throw. */
  #trySend(frame: ClientFrame): void {
    try {
      this.send(frame);
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'PIPE_CLOSED')) this.#deps.report(error);
    }
  }

  #receive(raw: unknown, bytes: Uint8Array | null): void {
    if (this.#closedWith !== undefined) return;
    const parsed = ServerFrame.safeParse(raw);
    if (!parsed.success) {
      // A core that cannot be understood is another version's; going on would show half a truth.
      this.#deps.report(raw instanceof AppError ? raw : parsed.error);
      this.#end(envelope('PROTOCOL_VERSION'));
      return;
    }
    const frame = parsed.data;
    if (frame.kind === 'welcome') this.#welcome(frame.session ?? null);
    else if (frame.kind === 'result') this.#result(frame.id, frame.value, bytes);
    else if (frame.kind === 'error') this.#error(frame.id, frame.error);
    else if (frame.kind === 'item') this.#inlets.get(frame.id)?.item(frame);
    else this.#inlets.get(frame.id)?.ended(frame.error);
  }

  #welcome(session: string | null): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    this.ready.resolve({ session });
    for (const { frame, bytes } of waiting) this.#pipe.send(frame, bytes);
  }

  #result(id: number, value: unknown, bytes: Uint8Array | null): void {
    const call = this.#calls.get(id);
    if (!call || !this.#calls.delete(id)) return;
    const { output } = call.def;
    try {
      call.resolve('kind' in output ? readColumns(output, value, bytes) : value);
    } catch (error) {
      call.reject(error);
    }
  }

  #error(id: number | null, error: ErrorEnvelope): void {
    if (id === null) {
      if (this.#waiting === null) this.#deps.report(new RemoteError(error));
      else this.#end(error);
      return;
    }
    const call = this.#calls.get(id);
    if (call && this.#calls.delete(id)) call.reject(new RemoteError(error));
    else this.#inlets.get(id)?.ended(error);
  }

  #end(reason: ErrorEnvelope | null): void {
    if (this.#closedWith !== undefined) return;
    this.#closedWith = reason;
    const told = reason ?? envelope('PIPE_CLOSED');
    const sent = this.#waiting === null;
    this.#waiting = null;
    this.ready.reject(new RemoteError(told));
    for (const call of this.#calls.values()) {
      // It may have been carried out: saying "failed" here would invite a second order.
      const unknown = sent && !call.def.cancellable;
      call.reject(new RemoteError(unknown ? envelope('OUTCOME_UNKNOWN') : told));
    }
    this.#calls.clear();
    for (const inlet of [...this.#watched]) inlet.lost(told);
    this.#inlets.clear();
    this.#pipe.close();
    this.closed.resolve(reason);
  }
}

function methodOf(link: Link, name: string, def: MethodDef): unknown {
  return (input: unknown, ...rest: readonly unknown[]) => {
    const bytes = def.bytes ? (rest[0] as Uint8Array | undefined) : undefined;
    const options = (def.bytes ? rest[1] : rest[0]) as CallOptions | undefined;
    return link.call({ name, def, input, bytes, signal: options?.signal });
  };
}

function clientOf<C extends ContractDef>(contract: C, link: Link): Client<C> {
  const areas: Record<string, Record<string, unknown>> = {};
  for (const [areaName, members] of Object.entries(contract)) {
    const area: Record<string, unknown> = (areas[areaName] = {});
    for (const [memberName, def] of Object.entries(members)) {
      const name = `${areaName}.${memberName}`;
      area[memberName] =
        def.kind === 'method'
          ? methodOf(link, name, def)
          : (input: unknown, listener: StreamListener<unknown>) => link.watch(name, def, input, listener);
    }
  }
  return areas as Client<C>;
}

/** Speaks a contract over a pipe. Calls made before the core has answered wait for it. */
export function connect<C extends ContractDef>(contract: C, pipe: Pipe, deps: ConnectDeps): Connection<C> {
  const link = new Link(pipe, deps);
  return {
    client: clientOf(contract, link),
    ready: link.ready.promise,
    closed: link.closed.promise,
    setFocused(focused) {
      try {
        link.send({ kind: 'focus', focused });
      } catch {
        // A closed line has nobody to tell.
      }
    },
    close: () => link.close(),
  };
}
