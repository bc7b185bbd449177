/** The one socket of a session: opened, watched, and opened again, as often as the governor lets it. */
import type { Clock, Logger, Timer, Timers } from '#shared/ports.ts';
import type { EpochMs } from '#shared/time/index.ts';
import { TransportError, type ClientSocket, type Transport, type TransportFault } from '../../../platform/index.ts';
import type { KisEndpoint } from '../ports.ts';
import type { ConnectGovernor, LossKind } from './connect-governor.ts';
import { readControl, type Ack } from './control-message.ts';
import { isData } from './frame-head.ts';
import type { RealtimeSettings } from './settings.ts';
import hosts from '#resources/kis/hosts.json' with { type: 'json' };

/** Looks at the silence this often within the time it may last. */
const LOOKS = 4;
/** A pong control frame holds no more. @source RFC 6455, 5.5 */
const PONG_BYTES = 125;

/** off nobody wants it · connecting · open · waiting until the next try · inUse waiting because another session holds the key */
export type LineState = 'off' | 'connecting' | 'open' | 'waiting' | 'inUse';

/** How a line ended. */
export interface LineLoss {
  readonly kind: LossKind;
  /** How long it was open; null: it never opened. */
  readonly aliveMs: number | null;
  /** Why, where the transport knows. */
  readonly fault: TransportFault | null;
}

export interface LineListener {
  opened(): void;
  /** A data frame; the buffer is the listener's. */
  data(frame: Buffer): void;
  ack(ack: Ack): void;
  /** The server's clock as it just told it. */
  serverTime(at: EpochMs): void;
  /** A text that is neither data nor a control message. */
  strange(frame: Buffer): void;
  lost(loss: LineLoss): void;
}

export interface LineParts {
  readonly endpoint: KisEndpoint;
  /** The key that registers; `renew`: the last one was refused, so make a new one. */
  readonly approvalKey: (renew?: boolean) => Promise<string>;
  readonly transport: Pick<Transport, 'openSocket'>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly settings: RealtimeSettings;
  readonly governor: ConnectGovernor;
}

export class SocketLine {
  readonly #parts: LineParts;
  readonly #listener: LineListener;
  #state: LineState = 'off';
  #socket: ClientSocket | null = null;
  #approvalKey = '';
  /** Rises with every connection, so that what an old one still says is not heard. */
  #turn = 0;
  #openedMs: number | null = null;
  #heardMs: number | null = null;
  #nextTryMs: number | null = null;
  #connects = 0;
  #timer: Timer | null = null;
  #watch: Timer | null = null;
  #renewal: 'none' | 'wanted' | 'tried' = 'none';

  constructor(parts: LineParts, listener: LineListener) {
    this.#parts = parts;
    this.#listener = listener;
  }

  get state(): LineState {
    return this.#state;
  }

  get approvalKey(): string {
    return this.#approvalKey;
  }

  /** When the line opened, monotonic; null while it is not open. */
  get openedMs(): number | null {
    return this.#openedMs;
  }

  /** Ages of the line for the health panel, milliseconds. */
  facts() {
    const now = this.#parts.clock.monotonicMs();
    return {
      state: this.#state,
      ageMs: this.#openedMs === null ? null : now - this.#openedMs,
      lastMessageMs: this.#heardMs === null ? null : now - this.#heardMs,
      reconnects: Math.max(0, this.#connects - 1),
      nextTryMs: this.#nextTryMs === null ? null : Math.max(0, this.#nextTryMs - now),
    } as const;
  }

  /** Opens the line and keeps it open. */
  start(): void {
    if (this.#state === 'off') this.#plan('waiting');
  }

  stop(): void {
    this.#leave();
    this.#state = 'off';
    this.#heardMs = null;
  }

  send(text: string): void {
    this.#socket?.send(text);
  }

  /** The registration key was refused: once it is made anew, after that the longest wait rules. */
  refuseKey(): void {
    const isFirst = this.#renewal === 'none';
    this.#renewal = isFirst ? 'wanted' : 'tried';
    this.end(isFirst ? 'lost' : 'unwelcome');
  }

  /** The registration key was taken. */
  acceptKey(): void {
    this.#renewal = 'none';
  }

  /** Gives the line up and plans the next one. */
  end(kind: LossKind, fault: TransportFault | null = null): void {
    if (this.#state === 'off') return;
    const openedMs = this.#openedMs;
    const aliveMs = openedMs === null ? null : this.#parts.clock.monotonicMs() - openedMs;
    this.#leave();
    this.#parts.governor.ended(kind, aliveMs);
    this.#parts.logger.info('real-time line ended', { kind, aliveMs, fault });
    this.#plan(kind === 'inUse' ? 'inUse' : 'waiting');
    this.#listener.lost({ kind, aliveMs, fault });
  }

  #leave(): void {
    this.#turn += 1;
    this.#timer?.cancel();
    this.#watch?.cancel();
    this.#timer = null;
    this.#watch = null;
    this.#nextTryMs = null;
    this.#openedMs = null;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #plan(state: 'waiting' | 'inUse'): void {
    const { clock, governor, timers } = this.#parts;
    const waitMs = Math.ceil(governor.waitMs());
    this.#state = state;
    this.#nextTryMs = clock.monotonicMs() + waitMs;
    this.#timer = timers.after(waitMs, () => void this.#connect(state));
  }

  async #connect(before: 'waiting' | 'inUse'): Promise<void> {
    const { governor, approvalKey, logger } = this.#parts;
    if (governor.waitMs() > 0) {
      this.#plan(before);
      return;
    }
    this.#turn += 1;
    const turn = this.#turn;
    this.#state = 'connecting';
    this.#nextTryMs = null;
    // Counted before the key is asked for, so that a key service that fails at once is not asked in a loop either.
    governor.begin();
    const isRenewal = this.#renewal === 'wanted';
    if (isRenewal) this.#renewal = 'tried';
    try {
      const key = await approvalKey(isRenewal);
      if (turn !== this.#turn) return;
      this.#approvalKey = key;
      this.#open(turn);
    } catch (error) {
      if (turn !== this.#turn) return;
      const fault = error instanceof TransportError ? error.fault : null;
      logger.warn('real-time line could not be opened', { error });
      this.end('lost', fault);
    }
  }

  #open(turn: number): void {
    const { endpoint, settings, timers, transport } = this.#parts;
    this.#connects += 1;
    this.#timer = timers.after(settings.openMs, () => this.end('lost', 'timeout'));
    const isCurrent = (): boolean => turn === this.#turn;
    const url = `${endpoint.wsUrl.replace(/\/$/, '')}${hosts.socketPath.path}`;
    const socket = transport.openSocket(url, {
      opened: () => {
        if (isCurrent()) this.#opened();
      },
      received: (frame) => {
        if (isCurrent()) this.#received(frame);
      },
      alive: () => {
        if (isCurrent()) this.#heard();
      },
      closed: ({ fault }) => {
        if (isCurrent()) this.end('lost', fault);
      },
    });
    // A transport may refuse at once, before it hands the socket over.
    if (isCurrent()) this.#socket = socket;
    else socket.close();
  }

  #opened(): void {
    const { clock, settings, timers } = this.#parts;
    this.#timer?.cancel();
    this.#timer = null;
    this.#state = 'open';
    this.#openedMs = clock.monotonicMs();
    this.#heard();
    this.#watch = timers.every(settings.silentMs / LOOKS, () => {
      if (clock.monotonicMs() - (this.#heardMs ?? 0) > settings.silentMs) this.end('lost', 'timeout');
    });
    // The socket itself is known a moment later where the transport opens at once.
    timers.yieldTurn(() => {
      if (this.#openedMs !== null) this.#listener.opened();
    });
  }

  #heard(): void {
    this.#heardMs = this.#parts.clock.monotonicMs();
  }

  #received(frame: Buffer): void {
    this.#heard();
    if (isData(frame)) {
      this.#listener.data(frame);
      return;
    }
    const message = readControl(frame);
    if (message === null) {
      this.#listener.strange(frame);
    } else if (message.kind === 'ack') {
      this.#listener.ack(message);
    } else {
      this.#answerPing(frame);
      if (message.serverTs !== null) this.#listener.serverTime(message.serverTs);
    }
  }

  /**
   * Both forms that servers take: the documents echo the text, the broker's own program sends a pong control frame that
   * holds it. A pong nobody asked for is allowed and ignored (RFC 6455, 5.5.3), so whichever a server counts is there.
   */
  #answerPing(frame: Buffer): void {
    const text = frame.toString('utf8');
    this.#socket?.pong(Buffer.byteLength(text) <= PONG_BYTES ? text : '');
    this.#socket?.send(text);
  }
}
