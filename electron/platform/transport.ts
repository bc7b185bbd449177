/** How the program speaks to a server far away: calls and sockets. Real over undici and ws; in tests and runs over memory, to the emulator. */

/** One HTTP call. Header names are sent as written. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Absolute, with its query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Longest wait for the whole answer, milliseconds. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Told once, when the request starts to go out: from then on the server may count it. */
  readonly written?: () => void;
}

/** Header names in lower case. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Why there is no answer: offline no network or name · refused nobody listens · proxy a proxy said no · tls not the
 * server it should be · timeout silence · cut the line broke · tooLarge the answer passes the bound · canceled by us ·
 * locked an address that nobody allowed.
 */
export type TransportFault =
  'offline' | 'refused' | 'proxy' | 'tls' | 'timeout' | 'cut' | 'tooLarge' | 'canceled' | 'locked';

export class TransportError extends Error {
  readonly fault: TransportFault;
  /** true: the request may have reached the server, so what it asked may have happened. */
  readonly sent: boolean;

  constructor(fault: TransportFault, sent: boolean, options?: { cause?: unknown }) {
    super(`no answer: ${fault}`, options as ErrorOptions);
    this.name = 'TransportError';
    this.fault = fault;
    this.sent = sent;
  }
}

/** What a socket tells; `closed` comes exactly once, also when it never opened. */
export interface SocketListener {
  opened(): void;
  /** A text frame, as its bytes. The buffer is the listener's. */
  received(data: Buffer): void;
  /** A pong or ping control frame came: the line lives. */
  alive(): void;
  closed(facts: { readonly code: number; readonly reason: string; readonly fault: TransportFault | null }): void;
}

export interface ClientSocket {
  /** Sends a text frame; what cannot be sent any more is dropped, and `closed` tells. */
  send(text: string): void;
  /** Sends a pong control frame. */
  pong(text: string): void;
  close(): void;
}

export interface Transport {
  /** Throws TransportError. */
  request(request: HttpRequest): Promise<HttpAnswer>;
  openSocket(url: string, listener: SocketListener): ClientSocket;
}
