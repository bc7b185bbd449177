/** The vocabulary of a contract: areas of methods and streams, and the handler and client types derived from them. */
import type { z } from 'zod';
import type { ErrorEnvelope } from '../errors/index.ts';

/** A table that travels as one Float64Array a column (exact integers), plus a small JSON header. */
export interface ColumnsDef<Names extends readonly string[] = readonly string[], Header extends z.ZodType = z.ZodType> {
  readonly kind: 'columns';
  readonly names: Names;
  readonly header: Header;
}

export interface Columns<Name extends string = string, Header = unknown> {
  readonly header: Header;
  readonly length: number;
  readonly columns: Readonly<Record<Name, Float64Array>>;
}

export interface MethodDef<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType | ColumnsDef = z.ZodType | ColumnsDef,
  Bytes extends boolean = boolean,
> {
  readonly kind: 'method';
  readonly input: Input;
  readonly output: Output;
  /** false: finishes even when the caller goes away (all order verbs). */
  readonly cancellable: boolean;
  /** true: the call carries one byte payload besides its input. */
  readonly bytes: Bytes;
  /** One sentence for the reference page. */
  readonly about: string;
}

export interface StreamDef<
  Input extends z.ZodType = z.ZodType,
  Item extends z.ZodType = z.ZodType,
  Mode extends 'latest' | 'every' = 'latest' | 'every',
> {
  readonly kind: 'stream';
  readonly input: Input;
  readonly item: Item;
  /** latest: newest value per key, merged while waiting · every: numbered, in order, bounded. */
  readonly mode: Mode;
  /** latest only: the key under which a newer item replaces an older one; default one key. */
  readonly key?: (item: z.output<Item>) => string;
  /** true: the first batch is the full state, later batches are changes. */
  readonly snapshot: boolean;
  readonly about: string;
}

export type AreaDef = Readonly<Record<string, MethodDef | StreamDef>>;
export type ContractDef = Readonly<Record<string, AreaDef>>;

export function method<
  Input extends z.ZodType,
  Output extends z.ZodType | ColumnsDef,
  const Bytes extends boolean = false,
>(def: {
  about: string;
  input: Input;
  output: Output;
  cancellable?: boolean;
  bytes?: Bytes;
  // The condition keeps the compiler from guessing Bytes from where the result is put.
}): MethodDef<Input, Output, Bytes extends true ? true : false> {
  return {
    kind: 'method',
    about: def.about,
    input: def.input,
    output: def.output,
    cancellable: def.cancellable ?? true,
    bytes: (def.bytes ?? false) as Bytes extends true ? true : false,
  };
}

export function stream<Input extends z.ZodType, Item extends z.ZodType, const Mode extends 'latest' | 'every'>(def: {
  about: string;
  input: Input;
  item: Item;
  mode: Mode;
  key?: (item: z.output<Item>) => string;
  snapshot?: boolean;
}): StreamDef<Input, Item, Mode> {
  return {
    kind: 'stream',
    about: def.about,
    input: def.input,
    item: def.item,
    mode: def.mode,
    ...(def.key ? { key: def.key } : {}),
    snapshot: def.snapshot ?? false,
  };
}

export function columns<const Names extends readonly string[], Header extends z.ZodType>(
  names: Names,
  header: Header,
): ColumnsDef<Names, Header> {
  return { kind: 'columns', names, header };
}

export function area<const A extends AreaDef>(def: A): A {
  return def;
}

export type OutputOf<O> =
  O extends ColumnsDef<infer Names, infer Header>
    ? Columns<Names[number], z.output<Header>>
    : O extends z.ZodType
      ? z.output<O>
      : never;

/** What a handler knows of its call. */
export interface CallContext {
  /** Aborted when the caller cancels or goes away, unless the method is not cancellable. */
  readonly signal: AbortSignal;
  /** Names the call in the log and in its error. */
  readonly traceId: string;
  /** The payload of a method declared with `bytes`, else an empty array. */
  readonly bytes: Uint8Array;
  /** Which door the call came through. */
  readonly door: 'desktop' | 'web' | 'local' | 'memory';
}

/** Where a stream handler puts its items. An item handed over is not changed afterwards: it may wait before it travels. */
export interface StreamSink<Item> {
  /** Full state; only for streams with `snapshot`, first, and again whenever all of it is replaced. */
  snapshot(items: readonly Item[]): void;
  push(item: Item): void;
  /** Ends the stream, with an error if given. */
  end(error?: unknown): void;
}

export type MethodHandler<D> =
  D extends MethodDef<infer I, infer O>
    ? (input: z.output<I>, context: CallContext) => Promise<OutputOf<O>> | OutputOf<O>
    : never;

/** Starts the stream and returns what stops it. */
export type StreamHandler<D> =
  D extends StreamDef<infer I, infer T>
    ? (input: z.output<I>, sink: StreamSink<z.output<T>>, context: CallContext) => () => void
    : never;

/** The handlers a server must bring, area by area. */
export type Handlers<C extends ContractDef> = {
  readonly [A in keyof C]: {
    readonly [M in keyof C[A]]: C[A][M] extends MethodDef
      ? MethodHandler<C[A][M]>
      : C[A][M] extends StreamDef
        ? StreamHandler<C[A][M]>
        : never;
  };
};

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** What a watcher of a stream is told. */
export interface StreamListener<Item> {
  /** A batch; `snapshot` true for the full state (also after the stream was opened again). */
  batch(items: readonly Item[], facts: { readonly snapshot: boolean; readonly seq: number }): void;
  /** Another environment is in force: all that was received is void, and the stream opens again by itself. */
  renewed?(reason: ErrorEnvelope): void;
  /** The stream ended; `error` null when it was closed by either side in order. */
  end?(error: ErrorEnvelope | null): void;
}

/** The client a contract gives: `client.trading.submit(order)`, `client.market.quotes(ids, listener)` → close. */
export type Client<C extends ContractDef> = {
  readonly [A in keyof C]: {
    readonly [M in keyof C[A]]: C[A][M] extends MethodDef<infer I, infer O, infer B>
      ? B extends true
        ? (input: z.input<I>, bytes: Uint8Array, options?: CallOptions) => Promise<OutputOf<O>>
        : (input: z.input<I>, options?: CallOptions) => Promise<OutputOf<O>>
      : C[A][M] extends StreamDef<infer I, infer T>
        ? (input: z.input<I>, listener: StreamListener<z.output<T>>) => () => void
        : never;
  };
};
