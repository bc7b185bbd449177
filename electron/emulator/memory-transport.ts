/** The program's transport straight into an offline KIS of the same process, on whatever clock it is given. */
import {
  TransportError,
  type ClientSocket,
  type HttpAnswer,
  type HttpRequest,
  type SocketListener,
  type Transport,
} from '../platform/index.ts';
import type { Timers } from '#shared/ports.ts';
import type { Rng } from '#shared/rng/index.ts';
import type { EmulatorServer, ServerSession } from './ports.ts';

/** What lies between client and server. */
export interface MemoryWire {
  readonly timers: Timers;
  /** One way, milliseconds; 0 if absent. */
  readonly latencyMs?: number;
  /** Adds up to as much again to each way; nothing if absent. */
  readonly rng?: Rng;
}

/** A transport that also breaks like one. */
export interface MemoryTransport extends Transport {
  /** true: nobody can be reached, and all sockets have broken. */
  setOffline(offline: boolean): void;
}

const ABNORMAL = 1006;

/** Reaches `server` whatever the address says. */
export function memoryTransport(server: EmulatorServer, wire: MemoryWire): MemoryTransport {
  const { timers, latencyMs = 0, rng } = wire;
  let offline = false;
  const lines = new Set<MemoryLine>();
  const delayMs = (): number => latencyMs + (rng && latencyMs > 0 ? rng.int(latencyMs + 1) : 0);

  return {
    request: (request) =>
      offline
        ? Promise.reject(new TransportError('offline', false))
        : new Call(server, request, { timers, delayMs, isOffline: () => offline }).answer(),
    openSocket(_url, listener) {
      const line = new MemoryLine(server, listener, { timers, delayMs });
      if (offline) line.fail();
      else {
        lines.add(line);
        line.onEnd = () => lines.delete(line);
        line.open();
      }
      return line;
    },
    setOffline(wanted) {
      offline = wanted;
      if (wanted) for (const line of [...lines]) line.cut();
    },
  };
}

interface Way {
  readonly timers: Timers;
  readonly delayMs: () => number;
}

/** One call on its way there and back. */
class Call {
  readonly #server: EmulatorServer;
  readonly #request: HttpRequest;
  readonly #way: Way & { readonly isOffline: () => boolean };
  #sent = false;

  constructor(server: EmulatorServer, request: HttpRequest, way: Way & { readonly isOffline: () => boolean }) {
    this.#server = server;
    this.#request = request;
    this.#way = way;
  }

  answer(): Promise<HttpAnswer> {
    const { timers, delayMs, isOffline } = this.#way;
    const { signal, timeoutMs } = this.#request;
    return new Promise((resolve, reject) => {
      let over = false;
      const end = (finish: () => void): void => {
        if (over) return;
        over = true;
        timeout.cancel();
        signal?.removeEventListener('abort', abort);
        finish();
      };
      const fail = (fault: TransportError['fault'], sent: boolean): void =>
        end(() => reject(new TransportError(fault, sent)));
      const abort = (): void => fail('canceled', this.#sent);
      const timeout = timers.after(timeoutMs, () => fail('timeout', this.#sent));
      if (signal?.aborted) return fail('canceled', false);
      signal?.addEventListener('abort', abort);
      const arrive = (): void => {
        if (over) return;
        if (isOffline()) return fail('cut', false);
        // From here on the server may have read it.
        this.#sent = true;
        this.#server.handle(this.#request).then(
          (said) => {
            if ('none' in said) {
              if (said.none === 'cut') timers.after(delayMs(), () => fail('cut', true));
              return;
            }
            timers.after(delayMs(), () => (isOffline() ? fail('cut', true) : end(() => resolve(said))));
          },
          () => fail('cut', true),
        );
      };
      this.#request.written?.();
      timers.after(delayMs(), arrive);
    });
  }
}

/** One socket; frames keep their order. */
class MemoryLine implements ClientSocket {
  readonly #server: EmulatorServer;
  readonly #listener: SocketListener;
  readonly #way: Way;
  #session: ServerSession | null = null;
  #over = false;
  #toClient: (() => void)[] = [];
  #toServer: (() => void)[] = [];
  onEnd: () => void = () => undefined;

  constructor(server: EmulatorServer, listener: SocketListener, way: Way) {
    this.#server = server;
    this.#listener = listener;
    this.#way = way;
  }

  open(): void {
    this.#up(() => {
      this.#session = this.#server.connect({
        send: (text) => this.#down(() => this.#listener.received(Buffer.from(text))),
        ping: () => this.#down(() => this.#listener.alive()),
        close: (code, reason) => this.#down(() => this.#close(code ?? ABNORMAL, reason, code === null)),
      });
      this.#down(() => this.#listener.opened());
    });
  }

  /** Never opens. */
  fail(): void {
    this.#way.timers.after(this.#way.delayMs(), () => this.#close(ABNORMAL, '', true, 'offline'));
  }

  send(text: string): void {
    if (!this.#over) this.#up(() => this.#session?.received(text));
  }

  pong(text: string): void {
    if (!this.#over) this.#up(() => this.#session?.pong(text));
  }

  close(): void {
    if (this.#over) return;
    this.#up(() => this.#session?.closed());
    this.#way.timers.after(this.#way.delayMs(), () => this.#close(1000, '', false));
  }

  /** The line breaks, and neither end is asked. */
  cut(): void {
    this.#session?.closed();
    this.#close(ABNORMAL, '', true);
  }

  #up(run: () => void): void {
    this.#toServer.push(run);
    this.#way.timers.after(this.#way.delayMs(), () => this.#toServer.shift()?.());
  }

  #down(run: () => void): void {
    this.#toClient.push(run);
    this.#way.timers.after(this.#way.delayMs(), () => {
      const next = this.#toClient.shift();
      if (!this.#over) next?.();
    });
  }

  #close(code: number, reason: string, broken: boolean, fault: 'cut' | 'offline' = 'cut'): void {
    if (this.#over) return;
    this.#over = true;
    this.onEnd();
    this.#listener.closed({ code, reason, fault: broken ? fault : null });
  }
}
