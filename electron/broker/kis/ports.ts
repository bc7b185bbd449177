/** The rooms of the KIS adapter as they see each other: calls over REST, channels over the socket, the server's clock. */
import type { EpochMs } from '#shared/time/index.ts';
import type { Cleared } from '#shared/domain/index.ts';

/** paper 모의투자 · real 실전투자 */
export type KisEnvironment = 'paper' | 'real';

/** Where a connection leads. */
export interface KisEndpoint {
  readonly environment: KisEnvironment;
  /** official: the broker's own servers, which only a person's choice opens · emulator: on this machine. */
  readonly kind: 'official' | 'emulator';
  /** Base addresses without a path: "https://host:port", "ws://host:port". */
  readonly restUrl: string;
  readonly wsUrl: string;
}

/** What opens the door; lives in memory and in the keychain only. */
export interface KisKeys {
  readonly appKey: string;
  readonly appSecret: string;
  /** CANO, 8 digits. */
  readonly accountNo: string;
  /** ACNT_PRDT_CD, 2 digits. */
  readonly productCode: string;
  /** Key of the order notices; null: none, so fills come by asking. */
  readonly htsId: string | null;
}

/** order before everything; then account, read, background, each with a patience after which it is overtaken no more. */
export type KisLane = 'order' | 'account' | 'read' | 'background';

/**
 * Who may call an API that places, changes or withdraws orders: an order that the guard cleared (its epoch is compared
 * once more just before the write), or a cancel, which passes always.
 */
export type OrderPass = { readonly cleared: Cleared<unknown> } | 'cancel';

export interface KisCall {
  /** Id of the catalogue: "domestic-stock.inquire-price". */
  readonly api: string;
  /** Fields as the catalogue writes them; absent ones are sent with their default or empty. */
  readonly params: Readonly<Record<string, string>>;
  /** Selectors that choose the TR id and are not sent: side, session, period. */
  readonly select?: Readonly<Record<string, string>>;
  /** read if absent. */
  readonly lane?: KisLane;
  /** Needed for every API that places, changes or withdraws orders. */
  readonly pass?: OrderPass;
  readonly signal?: AbortSignal;
}

/** A block of an answer: rows, or one record; every value is a string. */
export type KisRow = Readonly<Record<string, string>>;

export interface KisAnswer {
  /** The blocks by name: output, output1 … Field names as the server wrote them. */
  readonly blocks: Readonly<Record<string, KisRow | readonly KisRow[]>>;
  /** Fields at the top level beside the blocks, the paging context among them. */
  readonly top: KisRow;
  readonly messageCode: string;
  readonly message: string;
  /** true: another page can be asked for. */
  readonly more: boolean;
  /** true: an emulator says that it made the values up, for no market of its own answers this. */
  readonly synthetic?: boolean;
}

/** All pages of an answer. */
export interface KisPages {
  readonly pages: readonly KisAnswer[];
  /** false: it stopped before the end, because of `error` or because `maxPages` was reached. */
  readonly complete: boolean;
  readonly error: unknown;
  /** Fields with which the page after the last one is asked; null: it is not known that there is one. They may hold the account. */
  readonly next: Readonly<Record<string, string>> | null;
}

export interface PagesOptions {
  readonly maxPages?: number;
  readonly onPage?: (answer: KisAnswer, page: number) => void;
  /** `next` of an earlier answer: begins with the page after it. */
  readonly from?: Readonly<Record<string, string>> | undefined;
}

export interface KisRest {
  /** One call. Throws AppError; reads are tried again as far as that helps, orders never. */
  call(call: KisCall): Promise<KisAnswer>;
  /** Every page, in order; a partial result says so and is never thrown away. Throws where not even the first page came. */
  pages(call: KisCall, options?: PagesOptions): Promise<KisPages>;
  /** Whether the API is offered in this environment. */
  offers(api: string): boolean;
}

/** The server's clock, learnt from what it sends; ours plus nothing until it has spoken. */
export interface ServerClock {
  now(): EpochMs;
  /** Server minus ours in milliseconds; null: not measured yet. */
  skewMs(): number | null;
}

/** A record of a channel: its values by column name, numbers as numbers where the column is one. */
export type ChannelRecord = Readonly<Record<string, string | number>>;

/** How a wish stands: live over the socket · polled by REST, because no registration is free · waiting to be registered · refused by the server. */
export type WishState = 'live' | 'polled' | 'waiting' | 'refused';

/** orders before positions before focus before list: who keeps its registration when they are few. */
export type WishRank = 'orders' | 'positions' | 'focus' | 'list';

export interface ChannelWish {
  /** Id of the catalogue: "domestic-stock.ccnl-krx". */
  readonly api: string;
  readonly key: string;
  readonly rank: WishRank;
  /** Each record in order, with when it came; never called after `stop`. */
  readonly record: (record: ChannelRecord, receivedTs: EpochMs) => void;
  /** Told of every change, `live` included after each reconnection: what was missed in between is asked for by REST. */
  readonly state?: (state: WishState) => void;
}

export interface KisRealtime {
  /** Wants a channel until the returned function is called; equal wishes share one registration. */
  want(wish: ChannelWish): () => void;
  /** up: registered and alive · down: no line. Called at once with the present state. */
  watchLine(listener: (state: 'up' | 'down') => void): () => void;
}
