/** Sockets over ws: text frames of bounded size, on this machine unless a person allowed another one. */
import { WebSocket, type RawData } from 'ws';
import { httpFault } from './http-fault.ts';
import { proxyFor } from './proxy.ts';
import { tunnel } from './socket-tunnel.ts';
import {
  TransportError,
  type ClientSocket,
  type SocketListener,
  type Transport,
  type TransportFault,
} from './transport.ts';
import { mayCall, underTest, type WayOut } from './way-out.ts';

export interface SocketOptions {
  /** Addresses outside this machine; none if absent. Only the app gives one, after a person chose it. */
  readonly allowed?: readonly WayOut[];
  /** Variables that may name a proxy; none if absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Which proxy leads to an address; by `env` if absent. */
  readonly proxyOf?: (url: URL) => string | null;
  /** Largest frame that is taken, bytes. */
  readonly frameBytes?: number;
  /** Longest wait for the server to open the socket, milliseconds. */
  readonly openTimeoutMs?: number;
}

/** Far above any frame that KIS sends; a frame of many records is some 40 KiB. */
const FRAME_BYTES = 1_048_576;
const OPEN_TIMEOUT_MS = 10_000;
/** A control frame holds no more. @source RFC 6455, 5.5 */
const CONTROL_BYTES = 125;
/** A server that does not answer our close frame is hung up on. */
const CLOSE_WAIT_MS = 1_000;
/** Close code of a frame that is too large, of one that is not text, and of a line that just broke. @source RFC 6455, 7.4.1 */
const TOO_LARGE = 1009;
const NOT_TEXT = 1003;
const BROKEN = 1006;

/** What an error of ws or of the socket below it means. */
function faultOf(error: Error & { readonly code?: string }, viaProxy: boolean): TransportFault {
  if (error instanceof TransportError) return error.fault;
  if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') return 'tooLarge';
  if (error.message.includes('handshake has timed out')) return 'timeout';
  // An answer that is no upgrade: something else listens there, a proxy or a page of maintenance.
  if (error.message.includes('Unexpected server response')) return 'proxy';
  return httpFault(error, { sent: false, viaProxy });
}

/** A text frame as one Buffer, without a copy where it came in one piece. */
function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

class WsSocket implements ClientSocket {
  readonly #socket: WebSocket;
  readonly #listener: SocketListener;
  readonly #viaProxy: boolean;
  #fault: TransportFault | null = null;
  #isOpen = false;
  #isOver = false;

  constructor(url: URL, listener: SocketListener, options: SocketOptions) {
    this.#listener = listener;
    const timeoutMs = options.openTimeoutMs ?? OPEN_TIMEOUT_MS;
    const proxy = options.proxyOf ? options.proxyOf(url) : proxyFor(url, options.env ?? {});
    this.#viaProxy = proxy !== null;
    this.#socket = new WebSocket(url, {
      maxPayload: options.frameBytes ?? FRAME_BYTES,
      handshakeTimeout: timeoutMs,
      perMessageDeflate: false,
      followRedirects: false,
      // Texts that are no UTF-8 are for the reader to judge; one of them must not end the session.
      skipUTF8Validation: true,
      rejectUnauthorized: true,
      ...(proxy === null ? {} : { createConnection: tunnel({ proxy, target: url, timeoutMs }) as never }),
    });
    this.#listen();
  }

  send(text: string): void {
    if (this.#isOpen && this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  pong(text: string): void {
    if (!this.#isOpen || this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.pong(Buffer.from(text, 'utf8').subarray(0, CONTROL_BYTES));
  }

  close(): void {
    if (this.#isOver) return;
    this.#socket.close(1000);
    const timer = setTimeout(() => this.#socket.terminate(), CLOSE_WAIT_MS);
    timer.unref();
    this.#socket.once('close', () => clearTimeout(timer));
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on('open', () => {
      this.#isOpen = true;
      this.#listener.opened();
    });
    socket.on('message', (data, isBinary) => this.#message(data, isBinary));
    socket.on('ping', () => this.#listener.alive());
    socket.on('pong', () => this.#listener.alive());
    socket.on('error', (error) => (this.#fault ??= faultOf(error, this.#viaProxy && !this.#isOpen)));
    socket.on('close', (code, reason) => this.#closed(code, reason.toString('utf8')));
  }

  #message(data: RawData, isBinary: boolean): void {
    if (!isBinary) {
      this.#listener.received(bytesOf(data));
      return;
    }
    // Nothing that we speak with sends these; the line goes on, and its silence is watched elsewhere.
    this.#listener.alive();
  }

  #closed(code: number, reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const isBreak = code === BROKEN || code === TOO_LARGE || code === NOT_TEXT;
    const fault = this.#fault ?? (code === TOO_LARGE ? 'tooLarge' : isBreak ? 'cut' : null);
    this.#listener.closed({ code, reason: reason.slice(0, 200), fault });
  }
}

/** A socket that never opens: `closed` comes a moment later, as from a real one. */
function shutSocket(listener: SocketListener, fault: TransportFault): ClientSocket {
  setImmediate(() => listener.closed({ code: BROKEN, reason: '', fault }));
  return { send: () => undefined, pong: () => undefined, close: () => undefined };
}

/** The socket half of a Transport. It stays on this machine unless it was given a way out. */
export function createSocketOpener(options: SocketOptions = {}): Transport['openSocket'] {
  return (address, listener) => {
    const url = URL.parse(address);
    if (!url || !/^wss?:$/.test(url.protocol)) return shutSocket(listener, 'refused');
    if (!mayCall(url, { allowed: options.allowed ?? [], testing: underTest() })) return shutSocket(listener, 'locked');
    return new WsSocket(url, listener, options);
  };
}
