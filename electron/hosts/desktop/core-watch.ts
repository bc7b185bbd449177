/** Follows the core for what stands outside the page: the tray's state, and what is still open when the user wants to quit. */
import type { Contract, Health } from '#shared/contract/index.ts';
import { type EnvironmentStatus, isOpen, isStanding } from '#shared/domain/index.ts';
import type { Timer, Timers } from '#shared/ports.ts';
import type { Client } from '#shared/rpc/index.ts';

export type CoreClient = Client<Contract>;

/** What the tray shows. */
export interface CoreState {
  readonly status: EnvironmentStatus | null;
  readonly health: Health | null;
}

/** What is not finished. */
export interface StillOpen {
  readonly orders: number;
  /** Of these, those whose outcome nobody knows. */
  readonly unconfirmed: number;
  readonly mandates: number;
  readonly imports: number;
  /** false: the desk did not answer, and the figures of orders say nothing. */
  readonly known: boolean;
}

/** Pause before a stream that ended is opened again, milliseconds. */
const AGAIN_MS = 1_000;
/** Longest wait for the desk's answer, milliseconds. */
const PATIENCE_MS = 3_000;

export class CoreWatch {
  readonly #client: CoreClient;
  readonly #timers: Timers;
  readonly #changed: (state: CoreState) => void;
  readonly #closers = new Map<string, () => void>();
  readonly #imports = new Set<string>();
  #again: Timer | null = null;
  #state: CoreState = { status: null, health: null };

  constructor(parts: {
    readonly client: CoreClient;
    readonly timers: Timers;
    readonly changed: (state: CoreState) => void;
  }) {
    this.#client = parts.client;
    this.#timers = parts.timers;
    this.#changed = parts.changed;
  }

  get state(): CoreState {
    return this.#state;
  }

  start(): void {
    this.#follow('status', (end) =>
      this.#client.environment.status(
        {},
        { batch: (items) => this.#take({ status: items.at(-1) ?? this.#state.status }), end },
      ),
    );
    this.#follow('health', (end) =>
      this.#client.system.health(
        {},
        { batch: (items) => this.#take({ health: items.at(-1) ?? this.#state.health }), end },
      ),
    );
    this.#follow('imports', (end) =>
      this.#client.data.progress(
        {},
        {
          batch: (items) => {
            for (const { importId, state } of items) {
              if (state === 'running') this.#imports.add(importId);
              else this.#imports.delete(importId);
            }
          },
          end,
        },
      ),
    );
  }

  stop(): void {
    this.#again?.cancel();
    for (const close of this.#closers.values()) close();
    this.#closers.clear();
  }

  /** Asks the desk what is open now, by one look at its whole state. */
  stillOpen(): Promise<StillOpen> {
    const imports = this.#imports.size;
    return new Promise((resolve) => {
      const answer = (found: StillOpen): void => {
        late.cancel();
        resolve(found);
        // Not within the stream's own word, which may come before the stream has been named.
        this.#timers.yieldTurn(() => close());
      };
      const nothing = { orders: 0, unconfirmed: 0, mandates: 0, imports, known: false };
      const late = this.#timers.after(PATIENCE_MS, () => answer(nothing));
      const close = this.#client.trading.desk(
        {},
        {
          batch: (items, { snapshot }) => {
            if (!snapshot) return;
            const orders = items.flatMap((item) =>
              item.kind === 'order' && isOpen(item.order.state) ? [item.order] : [],
            );
            answer({
              orders: orders.length,
              unconfirmed: orders.filter(({ state }) => state === 'unconfirmed' || state === 'submitting').length,
              mandates: items.filter((item) => item.kind === 'mandate' && isStanding(item.mandate.state)).length,
              imports,
              known: true,
            });
          },
          end: () => answer(nothing),
        },
      );
    });
  }

  #take(part: Partial<CoreState>): void {
    this.#state = { ...this.#state, ...part };
    this.#changed(this.#state);
  }

  #follow(name: string, open: (end: () => void) => () => void): void {
    const again = (): void => {
      if (!this.#closers.has(name)) return;
      this.#again = this.#timers.after(AGAIN_MS, () => {
        if (this.#closers.has(name)) this.#closers.set(name, open(again));
      });
    };
    this.#closers.set(name, () => undefined);
    this.#closers.set(name, open(again));
  }
}
