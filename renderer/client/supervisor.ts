/** Keeps a line to the core: opens it, tells what became of it, opens it again. */
import { type Contract, contract, PROTOCOL_VERSION } from '#shared/contract/index.ts';
import { type ErrorEnvelope, toEnvelope } from '#shared/errors/index.ts';
import type { Clock, Timer, Timers } from '#shared/ports.ts';
import { type Client, connect, type Connection, RemoteError } from '#shared/rpc/index.ts';
import type { LinkState } from '../store/connection.ts';
import type { Door } from './pipes.ts';

export type CoreClient = Client<Contract>;

/** Pauses between tries, milliseconds; the last one repeats. */
export const RETRY_MS = [500, 1_000, 2_000, 4_000, 8_000] as const;

/** The core will say the same again, so asking again is no use. */
const FINAL: ReadonlySet<string> = new Set(['TOKEN_INVALID', 'PROTOCOL_VERSION']);

export interface SupervisorParts {
  readonly door: Door;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly schedule: (run: () => void) => void;
  /** Told of every change of the line. */
  readonly tell: (link: LinkState) => void;
  /** The line stands: start following; the returned function is called when it is gone. */
  readonly attach: (client: CoreClient) => () => void;
  readonly report: (error: unknown) => void;
}

export class Supervisor {
  readonly #parts: SupervisorParts;
  #connection: Connection<Contract> | null = null;
  #detach: (() => void) | null = null;
  #lostSince: number | null = null;
  #attempt = 0;
  #retry: Timer | null = null;
  #focused = true;
  #trying = false;

  constructor(parts: SupervisorParts) {
    this.#parts = parts;
  }

  /** The client in force; null while there is none. */
  get client(): CoreClient | null {
    return this.#detach === null ? null : (this.#connection?.client ?? null);
  }

  async start(): Promise<void> {
    if (this.#trying || this.#detach !== null) return;
    this.#trying = true;
    this.#retry?.cancel();
    this.#retry = null;
    try {
      await this.#open();
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#trying = false;
    }
  }

  setFocused(focused: boolean): void {
    this.#focused = focused;
    this.#connection?.setFocused(focused);
  }

  async #open(): Promise<void> {
    const { door, timers, schedule, report } = this.#parts;
    const pipe = await door.open();
    const connection = connect(contract, pipe, {
      protocol: PROTOCOL_VERSION,
      timers,
      schedule,
      report,
      focused: this.#focused,
      ...door.credentials(),
    });
    const { session } = await connection.ready;
    door.keep(session);
    this.#connection = connection;
    this.#attempt = 0;
    this.#lostSince = null;
    this.#parts.tell({ phase: 'open' });
    this.#detach = this.#parts.attach(connection.client);
    void connection.closed.then((reason) => this.#lost(reason));
  }

  #lost(reason: ErrorEnvelope | null): void {
    this.#detach?.();
    this.#detach = null;
    this.#connection = null;
    if (reason && FINAL.has(reason.code)) this.#parts.tell({ phase: 'refused', error: reason });
    else this.#planRetry();
  }

  #failed(error: unknown): void {
    const reason = error instanceof RemoteError ? error.envelope : toEnvelope(error);
    if (FINAL.has(reason.code)) this.#parts.tell({ phase: 'refused', error: reason });
    else this.#planRetry();
  }

  #planRetry(): void {
    const now = this.#parts.clock.now();
    this.#lostSince ??= now;
    this.#attempt += 1;
    const pauseMs = RETRY_MS[Math.min(this.#attempt, RETRY_MS.length) - 1] ?? RETRY_MS[0];
    const reopens = this.#parts.door.reopens;
    this.#parts.tell({
      phase: 'lost',
      since: this.#lostSince,
      attempt: this.#attempt,
      retryAt: reopens ? now + pauseMs : null,
    });
    if (reopens) this.#retry = this.#parts.timers.after(pauseMs, () => void this.start());
  }
}
