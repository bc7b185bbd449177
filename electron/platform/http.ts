/** HTTP over undici: connections of its own, bounds on time and size, and the truth about whether a request went out. */
import type { Agent, Dispatcher } from 'undici';
import { httpFault } from './http-fault.ts';
import { proxyFor } from './proxy.ts';
import { TransportError, type HttpAnswer, type HttpRequest } from './transport.ts';
import { mayCall, underTest, type WayOut } from './way-out.ts';

export interface HttpClientOptions {
  /** Addresses outside this machine; none if absent. Only the app gives one, after a person chose it. */
  readonly allowed?: readonly WayOut[];
  /** Variables that may name a proxy; none if absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Largest body of an answer in bytes. */
  readonly answerBytes?: number;
  readonly connectTimeoutMs?: number;
}

/** The HTTP half of a Transport. */
export interface HttpClient {
  /** Throws TransportError. */
  request(request: HttpRequest): Promise<HttpAnswer>;
  /** Closes the idle connections; calls under way are cut. */
  close(): Promise<void>;
}

const ANSWER_BYTES = 8 * 1_048_576;
const CONNECT_TIMEOUT_MS = 5_000;
/** An idle connection is dropped before a server does it, so that no request is written into a closed one. */
const KEEP_ALIVE_MS = 4_000;
const KEEP_ALIVE_MOST_MS = 30_000;
const CONNECTIONS = 64;

/** One request on its way: collects the answer and knows whether anything was written. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #chunks: Buffer[] = [];
  readonly #bound: number;
  readonly #done: (end: HttpAnswer | Error) => void;
  readonly #written: (() => void) | undefined;
  #controller: Dispatcher.DispatchController | null = null;
  #status = 0;
  #headers: Record<string, string> = {};
  #size = 0;
  sent = false;
  /** Set when we ended it ourselves. */
  ended: Error | null = null;

  constructor(parts: {
    readonly bound: number;
    readonly written: (() => void) | undefined;
    readonly done: (end: HttpAnswer | Error) => void;
  }) {
    this.#bound = parts.bound;
    this.#written = parts.written;
    this.#done = parts.done;
  }

  /** Ends it: what is not written yet never will be. */
  end(error: Error): void {
    this.ended ??= error;
    this.#controller?.abort(error);
    this.#done(error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.ended) return controller.abort(this.ended);
    // Called again would mean written again, which nothing here may do.
    if (this.sent) return this.end(new TransportError('cut', true));
    this.sent = true;
    this.#written?.();
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  ): void {
    this.#status = status;
    this.#headers = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name.toLowerCase(),
        typeof value === 'string' ? value : (value ?? []).join(', '),
      ]),
    );
    if (Number(this.#headers['content-length'] ?? 0) > this.#bound) this.end(new TransportError('tooLarge', true));
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > this.#bound) this.end(new TransportError('tooLarge', true));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#done({ status: this.#status, headers: this.#headers, body: Buffer.concat(this.#chunks) });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#done(this.ended ?? error);
  }
}

class UndiciClient implements HttpClient {
  readonly #options: HttpClientOptions;
  /** By the address of the proxy; '' goes straight. */
  readonly #dispatchers = new Map<string, Dispatcher>();

  constructor(options: HttpClientOptions) {
    this.#options = options;
  }

  async request(request: HttpRequest): Promise<HttpAnswer> {
    const url = new URL(request.url);
    if (!mayCall(url, { allowed: this.#options.allowed ?? [], testing: underTest() }))
      throw new TransportError('locked', false);
    if (request.signal?.aborted === true) throw new TransportError('canceled', false);
    const proxy = proxyFor(url, this.#options.env ?? {});
    const dispatcher = await this.#dispatcher(proxy);
    return this.#exchange(request, { url, dispatcher, viaProxy: proxy !== null });
  }

  async close(): Promise<void> {
    const open = [...this.#dispatchers.values()];
    this.#dispatchers.clear();
    await Promise.all(open.map((dispatcher) => dispatcher.destroy()));
  }

  #settings(): Agent.Options {
    return {
      allowH2: false,
      connections: CONNECTIONS,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MOST_MS,
      headersTimeout: 0,
      bodyTimeout: 0,
    };
  }

  /** undici is loaded at the first call: who never calls pays nothing at the start. */
  async #dispatcher(proxy: string | null): Promise<Dispatcher> {
    const { Agent, ProxyAgent } = await import('undici');
    const known = this.#dispatchers.get(proxy ?? '');
    if (known) return known;
    // Said outright, so that no variable of the environment can switch the check of certificates off.
    const checked = { rejectUnauthorized: true };
    const timeout = this.#options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS;
    try {
      const made =
        proxy === null
          ? new Agent({ ...this.#settings(), connect: { ...checked, timeout } })
          : new ProxyAgent({
              ...this.#settings(),
              uri: proxy,
              requestTls: checked,
              proxyTls: checked,
              connectTimeout: timeout,
            });
      this.#dispatchers.set(proxy ?? '', made);
      return made;
    } catch (error) {
      throw new TransportError('proxy', false, { cause: error });
    }
  }

  async #exchange(
    request: HttpRequest,
    way: { readonly url: URL; readonly dispatcher: Dispatcher; readonly viaProxy: boolean },
  ): Promise<HttpAnswer> {
    const { signal } = request;
    const result = await new Promise<{ readonly end: HttpAnswer | Error; readonly sent: boolean }>((resolve) => {
      const exchange = new Exchange({
        bound: this.#options.answerBytes ?? ANSWER_BYTES,
        written: request.written,
        done: (end) => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', giveUp);
          resolve({ end, sent: exchange.sent });
        },
      });
      const giveUp = (): void => exchange.end(new TransportError('canceled', exchange.sent));
      const timer = setTimeout(() => exchange.end(new TransportError('timeout', exchange.sent)), request.timeoutMs);
      signal?.addEventListener('abort', giveUp);
      try {
        way.dispatcher.dispatch(
          {
            origin: way.url.origin,
            path: `${way.url.pathname}${way.url.search}`,
            method: request.method,
            headers: request.headers,
            body: request.body,
          },
          exchange,
        );
      } catch (error) {
        exchange.onResponseError(null as unknown as Dispatcher.DispatchController, error as Error);
      }
    });
    const { end, sent } = result;
    if (!(end instanceof Error)) return end;
    if (end instanceof TransportError) throw end;
    throw new TransportError(httpFault(end, { sent, viaProxy: way.viaProxy }), sent, { cause: end });
  }
}

/** An HTTP client that stays on this machine unless it was given a way out. */
export function createHttpClient(options: HttpClientOptions = {}): HttpClient {
  return new UndiciClient(options);
}
