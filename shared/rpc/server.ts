/** The core's end of a pipe: greets the client, runs its calls, feeds its streams. Nothing a client sends can throw out of here. */
import type { z } from 'zod';
import { AppError, envelope, type ErrorEnvelope, toEnvelope } from '../errors/index.ts';
import type { Ids, Logger, Timer, Timers } from '../ports.ts';
import { everyBacklog, latestBacklog } from './backlog.ts';
import { packColumns } from './columns.ts';
import { complaint } from './complaint.ts';
import type { CallContext, Columns, ContractDef, Handlers, MethodDef, StreamDef, StreamSink } from './define.ts';
import { ClientFrame, FRAME_BYTES_LIMIT, type ServerFrame } from './frame.ts';
import { Outlet } from './outlet.ts';
import type { Pipe } from './pipe.ts';

/** Bounds of one client. */
export interface ServeLimits {
  /** Calls running at once. */
  readonly calls: number;
  /** Streams open at once. */
  readonly streams: number;
  /** Items (`every`) or keys (`latest`) that may wait on one stream. */
  readonly waitingItems: number;
  /** Items of one batch of an `every` stream. */
  readonly batchItems: number;
  /** Pause between two batches of a stream while the user looks, milliseconds. */
  readonly focusedMs: number;
  /** The same while the user looks elsewhere. */
  readonly backgroundMs: number;
  /** Time a new pipe has to say hello, milliseconds. */
  readonly helloMs: number;
  /** Faulty frames after which the pipe is closed. */
  readonly faults: number;
}

export const SERVE_LIMITS: ServeLimits = {
  calls: 64,
  streams: 200,
  waitingItems: 10_000,
  batchItems: 1_000,
  focusedMs: 16,
  backgroundMs: 250,
  helloMs: 10_000,
  faults: 100,
};

/** What the server end is given. */
export interface ServeDeps {
  /** Version both ends must share. */
  readonly protocol: number;
  readonly door: CallContext['door'];
  readonly timers: Timers;
  readonly logger: Logger;
  /** Makes trace ids. */
  readonly ids: Ids;
  readonly limits?: Partial<ServeLimits>;
}

type AnyMethod = (input: unknown, context: CallContext) => unknown;
type AnyStream = (input: unknown, sink: StreamSink<unknown>, context: CallContext) => () => void;
interface Target<Def> {
  readonly def: Def;
  readonly handler: unknown;
}

type AnyHandlers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const NO_BYTES = new Uint8Array(0);

function own(owner: object, name: string): unknown {
  return Object.hasOwn(owner, name) ? (owner as Record<string, unknown>)[name] : undefined;
}

class Session {
  readonly #contract: ContractDef;
  readonly #handlers: AnyHandlers;
  readonly #pipe: Pipe;
  readonly #deps: ServeDeps;
  readonly #limits: ServeLimits;
  readonly #calls = new Map<number, { readonly abort: AbortController; readonly cancellable: boolean }>();
  readonly #streams = new Map<number, Outlet>();
  #greeted = false;
  #open = true;
  #focused = true;
  #lastId = 0;
  #faults = 0;
  readonly #helloTimer: Timer;

  constructor(contract: ContractDef, handlers: AnyHandlers, pipe: Pipe, deps: ServeDeps) {
    this.#contract = contract;
    this.#handlers = handlers;
    this.#pipe = pipe;
    this.#deps = deps;
    this.#limits = { ...SERVE_LIMITS, ...deps.limits };
    this.#helloTimer = deps.timers.after(this.#limits.helloMs, () =>
      this.#dismiss(new AppError('FRAME_OUT_OF_ORDER', { why: '인사가 없습니다.' })),
    );
    pipe.onFrame((frame, bytes) => this.#receive(frame, bytes));
    pipe.onClose(() => this.#ended());
  }

  dispose(): void {
    this.#ended();
    this.#pipe.close();
  }

  #receive(raw: unknown, bytes: Uint8Array | null): void {
    if (!this.#open) return;
    try {
      if (raw instanceof AppError) throw raw;
      if (bytes && bytes.byteLength > FRAME_BYTES_LIMIT) {
        throw new AppError('FRAME_TOO_LARGE', { size: bytes.byteLength, limit: FRAME_BYTES_LIMIT });
      }
      const parsed = ClientFrame.safeParse(raw);
      if (!parsed.success) {
        const { where, why } = complaint(parsed.error);
        throw new AppError('FRAME_MALFORMED', { why: `${where}: ${why}` });
      }
      this.#dispatch(parsed.data, bytes ?? NO_BYTES);
    } catch (error) {
      this.#fault(error);
    }
  }

  #dispatch(frame: ClientFrame, bytes: Uint8Array): void {
    if (frame.kind === 'hello') {
      this.#hello(frame);
      return;
    }
    if (!this.#greeted) throw new AppError('FRAME_OUT_OF_ORDER', { why: '인사가 먼저입니다.' });
    if (bytes.byteLength > 0 && frame.kind !== 'call')
      throw new AppError('FRAME_MALFORMED', { why: '바이트를 싣지 않는 틀입니다.' });
    if (frame.kind === 'focus') {
      this.#focus(frame.focused);
      return;
    }
    if (frame.kind === 'call' || frame.kind === 'open') {
      if (frame.id <= this.#lastId)
        throw new AppError('FRAME_OUT_OF_ORDER', { why: `이미 쓴 번호입니다: ${frame.id}` });
      this.#lastId = frame.id;
      if (frame.kind === 'call') this.#call(frame.id, frame.method, frame.input, bytes);
      else this.#openStream(frame.id, frame.stream, frame.input);
      return;
    }
    // A number that was given out but is over may still be named by a frame that crossed its end.
    if (frame.id > this.#lastId) throw new AppError('FRAME_OUT_OF_ORDER', { why: `열지 않은 번호입니다: ${frame.id}` });
    if (frame.kind === 'cancel') this.#cancel(frame.id);
    else if (frame.kind === 'close') this.#streams.get(frame.id)?.close();
    else if (this.#streams.get(frame.id)?.ack(frame.batch) === false) {
      throw new AppError('FRAME_OUT_OF_ORDER', { why: `기다리지 않은 확인입니다: ${frame.id}/${frame.batch}` });
    }
  }

  #hello(frame: Extract<ClientFrame, { kind: 'hello' }>): void {
    if (this.#greeted) throw new AppError('FRAME_OUT_OF_ORDER', { why: '인사는 한 번입니다.' });
    this.#helloTimer.cancel();
    if (frame.protocol !== this.#deps.protocol) {
      this.#dismiss(new AppError('PROTOCOL_VERSION'));
      return;
    }
    this.#greeted = true;
    this.#focused = frame.focused ?? true;
    this.#send({ kind: 'welcome', protocol: this.#deps.protocol });
  }

  #focus(focused: boolean): void {
    if (focused === this.#focused) return;
    this.#focused = focused;
    for (const outlet of this.#streams.values()) outlet.rhythmChanged();
  }

  #call(id: number, name: string, input: unknown, bytes: Uint8Array): void {
    const traceId = this.#deps.ids.next();
    const abort = new AbortController();
    try {
      const { def, handler } = this.#find<MethodDef>(name, 'method');
      if (this.#calls.size >= this.#limits.calls) throw new AppError('TOO_MANY_CALLS', { limit: this.#limits.calls });
      if (bytes.byteLength > 0 && !def.bytes)
        throw new AppError('INPUT_INVALID', { where: '바이트', why: '이 기능은 받지 않습니다.' });
      const value = this.#parseInput(def.input, input);
      this.#calls.set(id, { abort, cancellable: def.cancellable });
      const context: CallContext = { signal: abort.signal, traceId, bytes, door: this.#deps.door };
      void this.#run({ id, name, def, traceId, abort }, () => (handler as AnyMethod)(value, context));
    } catch (error) {
      this.#settle(id, this.#explain(error, { name, traceId }));
    }
  }

  async #run(
    call: {
      readonly id: number;
      readonly name: string;
      readonly def: MethodDef;
      readonly traceId: string;
      readonly abort: AbortController;
    },
    act: () => unknown,
  ): Promise<void> {
    try {
      const output = await act();
      if (this.#open) this.#sendResult(call.id, call.def, output);
    } catch (error) {
      const canceled = call.abort.signal.aborted && !(error instanceof AppError && error.code === 'INTERNAL_BUG');
      this.#settle(call.id, this.#explain(canceled ? new AppError('CANCELED') : error, call));
    } finally {
      this.#calls.delete(call.id);
    }
  }

  #sendResult(id: number, def: MethodDef, output: unknown): void {
    if ('kind' in def.output) {
      const packed = packColumns(def.output, output as Columns);
      this.#pipe.send({ kind: 'result', id, value: packed.value }, packed.bytes);
      return;
    }
    const parsed = def.output.safeParse(output);
    if (!parsed.success) {
      const { where, why } = complaint(parsed.error);
      throw new AppError('INTERNAL_BUG', { what: `result ${where}: ${why}` });
    }
    this.#pipe.send({ kind: 'result', id, value: parsed.data });
  }

  #cancel(id: number): void {
    const call = this.#calls.get(id);
    if (call?.cancellable) call.abort.abort();
  }

  #openStream(id: number, name: string, input: unknown): void {
    const traceId = this.#deps.ids.next();
    try {
      const { def, handler } = this.#find<StreamDef>(name, 'stream');
      if (this.#streams.size >= this.#limits.streams)
        throw new AppError('TOO_MANY_STREAMS', { limit: this.#limits.streams });
      const value = this.#parseInput(def.input, input);
      const abort = new AbortController();
      const outlet = this.#outlet({ id, name, def, traceId, abort });
      this.#streams.set(id, outlet);
      const context: CallContext = { signal: abort.signal, traceId, bytes: NO_BYTES, door: this.#deps.door };
      try {
        outlet.started((handler as AnyStream)(value, outlet, context));
      } catch (error) {
        outlet.close();
        throw error;
      }
    } catch (error) {
      this.#settle(id, this.#explain(error, { name, traceId }));
    }
  }

  #outlet(stream: {
    readonly id: number;
    readonly name: string;
    readonly def: StreamDef;
    readonly traceId: string;
    readonly abort: AbortController;
  }): Outlet {
    const { id, def } = stream;
    const limits = this.#limits;
    const key = def.key ?? ((): string => '');
    return new Outlet({
      id,
      backlog:
        def.mode === 'latest'
          ? latestBacklog({ key, limit: limits.waitingItems })
          : everyBacklog({ limit: limits.waitingItems, batchItems: limits.batchItems }),
      timers: this.#deps.timers,
      snapshot: def.snapshot,
      check: def.mode === 'every' ? (item) => this.#checkItem(def, item) : null,
      pauseMs: () => (this.#focused ? limits.focusedMs : limits.backgroundMs),
      send: (frame) => this.#pipe.send(frame),
      toEnvelope: (error) => this.#explain(error, stream),
      report: (error) =>
        this.#deps.logger.error('stream did not stop', { method: stream.name, traceId: stream.traceId, error }),
      ended: () => {
        this.#streams.delete(id);
        stream.abort.abort();
      },
    });
  }

  #checkItem(def: StreamDef, item: unknown): unknown {
    const parsed = def.item.safeParse(item);
    if (parsed.success) return parsed.data;
    const { where, why } = complaint(parsed.error);
    throw new AppError('INTERNAL_BUG', { what: `item ${where}: ${why}` });
  }

  #parseInput(schema: z.ZodType, input: unknown): unknown {
    const parsed = schema.safeParse(input);
    if (parsed.success) return parsed.data;
    throw new AppError('INPUT_INVALID', complaint(parsed.error));
  }

  #find<Def extends MethodDef | StreamDef>(name: string, kind: Def['kind']): Target<Def> {
    const [area = '', member = '', ...rest] = name.split('.');
    const defs = own(this.#contract, area) as object | undefined;
    const def = defs && rest.length === 0 ? (own(defs, member) as Def | undefined) : undefined;
    // Only names of the contract reach the handlers.
    const handler = def?.kind === kind ? this.#handlers[area]?.[member] : undefined;
    if (!def || typeof handler !== 'function') throw new AppError('METHOD_UNKNOWN', { name });
    return { def, handler };
  }

  /** The envelope of an error; what is our fault is logged in full under its trace id and crosses without its detail. */
  #explain(error: unknown, call: { readonly name: string; readonly traceId: string }): ErrorEnvelope {
    const made = toEnvelope(error, call.traceId);
    if (made.family !== 'bug') return made;
    this.#deps.logger.error('call failed', { method: call.name, traceId: call.traceId, error });
    return made.code === 'INTERNAL_BUG' ? envelope('INTERNAL_BUG', {}, call.traceId) : made;
  }

  #settle(id: number, error: ErrorEnvelope): void {
    if (this.#open) this.#send({ kind: 'error', id, error });
  }

  #fault(error: unknown): void {
    const traceId = this.#deps.ids.next();
    this.#faults += 1;
    const made = this.#explain(error, { name: 'frame', traceId });
    this.#deps.logger.warn('faulty frame', { traceId, code: made.code, door: this.#deps.door });
    this.#send({ kind: 'error', id: null, error: made });
    if (this.#faults >= this.#limits.faults) this.dispose();
  }

  #dismiss(error: AppError): void {
    this.#send({ kind: 'error', id: null, error: toEnvelope(error, this.#deps.ids.next()) });
    this.dispose();
  }

  /** For frames of ours that are always small. */
  #send(frame: ServerFrame): void {
    if (this.#open) this.#pipe.send(frame);
  }

  #ended(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#helloTimer.cancel();
    for (const call of this.#calls.values()) if (call.cancellable) call.abort.abort();
    for (const outlet of [...this.#streams.values()]) outlet.close();
  }
}

/** Serves a contract on one pipe until it closes or `dispose` is called. Calls that may not be canceled run to their end all the same. */
export function serve<C extends ContractDef>(
  contract: C,
  handlers: Handlers<C>,
  pipe: Pipe,
  deps: ServeDeps,
): { dispose(): void } {
  const session = new Session(contract, handlers, pipe, deps);
  return { dispose: () => session.dispose() };
}
