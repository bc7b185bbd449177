/** The offline KIS as its hosts see it: a server that answers calls and holds sockets, wherever they come from. */
import type { HttpAnswer, HttpRequest } from '../platform/index.ts';

/** What a client needs to come in; printed once at the start as one JSON line. */
export interface EmulatorFacts {
  readonly env: 'paper' | 'real';
  /** 36 characters. */
  readonly appKey: string;
  /** 180 characters. */
  readonly appSecret: string;
  /** CANO and ACNT_PRDT_CD, "12345678-01". */
  readonly account: string;
  readonly htsId: string;
}

/** cut: the line breaks before or after the request was read · silent: no answer ever comes. */
export type NoAnswer = { readonly none: 'cut' | 'silent'; readonly read: boolean };

/** One client's socket at the server. */
export interface ServerSocket {
  send(text: string): void;
  ping(text: string): void;
  /** code null: without a close frame. */
  close(code: number | null, reason: string): void;
}

/** What the server does with a socket that came in. */
export interface ServerSession {
  received(text: string): void;
  pong(text: string): void;
  closed(): void;
}

/** The server without its wires; hosts over loopback and in memory call it. */
export interface EmulatorServer {
  readonly facts: EmulatorFacts;
  /** `url` may be absolute or a path with its query. */
  handle(request: Omit<HttpRequest, 'timeoutMs' | 'signal'>): Promise<HttpAnswer | NoAnswer>;
  /** A socket on any path. */
  connect(socket: ServerSocket): ServerSession;
  close(): Promise<void>;
}
