/** The simulated exchange's member firm behind the broker's port. */
import { OrderType, Route, TimeInForce, type Cleared } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Logger, Timers } from '#shared/ports.ts';
import type { SessionDate } from '#shared/time/index.ts';
import type {
  Broker,
  BrokerAccount,
  BrokerAdjustment,
  BrokerCapabilities,
  BrokerEvent,
  BrokerExecution,
  BrokerOrder,
  BrokerPosition,
  CancelRequest,
  Receipt,
  ReplaceRequest,
  SubmitAnswer,
  SubmitOrder,
} from '../broker.ts';
import { NoticeAudience } from '../notice-audience.ts';

/** What the broker needs of the simulator: answers are durable when they return, notices come as they become so. */
export interface SimulatedExchange {
  submit(order: SubmitOrder): SubmitAnswer;
  replace(request: ReplaceRequest): Receipt;
  cancel(request: CancelRequest): Receipt;
  accounts(): readonly BrokerAccount[];
  account(accountId: string): BrokerAccount;
  openOrders(accountId: string): readonly BrokerOrder[];
  orders(accountId: string, sessionDate: SessionDate): readonly BrokerOrder[];
  executions(accountId: string, sessionDate: SessionDate): readonly BrokerExecution[];
  adjustments(accountId: string, sessionDate: SessionDate): readonly BrokerAdjustment[];
  positions(accountId: string): readonly BrokerPosition[];
  /** May call from inside an order verb. */
  watchNotices(listener: (notice: BrokerEvent) => void): () => void;
}

export interface SimulatedBrokerParts {
  readonly exchange: SimulatedExchange;
  readonly timers: Timers;
  readonly logger: Logger;
  /** Epoch of the trading state in force: what was cleared under another one does not leave. */
  readonly currentEpoch: () => number;
  /** simulation with everything if absent. */
  readonly capabilities?: Pick<BrokerCapabilities, 'environment' | 'orderTypes'>;
}

/** Notices that may wait for one turn of the event loop; beyond it the line is said to have been cut. */
export const MAX_WAITING_NOTICES = 100_000;

const CAPABILITIES: BrokerCapabilities = {
  environment: 'simulation',
  orderTypes: OrderType.options,
  timesInForce: TimeInForce.options,
  routes: Route.options,
  answersWithNumber: true,
};

export class SimulatedBroker implements Broker {
  readonly capabilities: BrokerCapabilities;
  readonly #parts: SimulatedBrokerParts;
  readonly #audience: NoticeAudience;
  readonly #unwatch: () => void;
  #waiting: BrokerEvent[] = [];
  #planned = false;

  constructor(parts: SimulatedBrokerParts) {
    this.#parts = parts;
    this.#audience = new NoticeAudience(parts.logger);
    this.capabilities = { ...CAPABILITIES, ...parts.capabilities };
    this.#unwatch = parts.exchange.watchNotices((notice) => this.#queue(notice));
  }

  async submit(cleared: Cleared<SubmitOrder>): Promise<SubmitAnswer> {
    if (cleared.epoch !== this.#parts.currentEpoch()) return { ok: false, code: 'GUARD_HALTED' };
    const { accountId, instrumentId, side, type, timeInForce, session, route, price, stopPrice, quantity } =
      cleared.order;
    const kind = { type, timeInForce, session, route };
    return this.#parts.exchange.submit({ accountId, instrumentId, side, ...kind, price, stopPrice, quantity });
  }

  async replace(cleared: Cleared<ReplaceRequest>): Promise<Receipt> {
    if (cleared.epoch !== this.#parts.currentEpoch()) return { ok: false, code: 'GUARD_HALTED' };
    return this.#parts.exchange.replace(cleared.order);
  }

  async cancel(request: CancelRequest): Promise<Receipt> {
    return this.#parts.exchange.cancel(request);
  }

  async accounts(): Promise<readonly BrokerAccount[]> {
    return this.#parts.exchange.accounts();
  }

  async account(accountId: string): Promise<BrokerAccount> {
    return this.#parts.exchange.account(accountId);
  }

  async openOrders(accountId: string): Promise<readonly BrokerOrder[]> {
    this.#known(accountId);
    return this.#parts.exchange.openOrders(accountId);
  }

  async orders(accountId: string, sessionDate: SessionDate): Promise<readonly BrokerOrder[]> {
    this.#known(accountId);
    return this.#parts.exchange.orders(accountId, sessionDate);
  }

  async executions(accountId: string, sessionDate: SessionDate): Promise<readonly BrokerExecution[]> {
    this.#known(accountId);
    return this.#parts.exchange.executions(accountId, sessionDate);
  }

  async adjustments(accountId: string, sessionDate: SessionDate): Promise<readonly BrokerAdjustment[]> {
    this.#known(accountId);
    return this.#parts.exchange.adjustments(accountId, sessionDate);
  }

  async positions(accountId: string): Promise<readonly BrokerPosition[]> {
    return this.#parts.exchange.positions(accountId);
  }

  events(listener: (event: BrokerEvent) => void): () => void {
    return this.#audience.add(listener);
  }

  /** Hears the exchange no more. */
  close(): void {
    this.#unwatch();
    this.#waiting = [];
    this.#audience.clear();
  }

  /** Throws ACCOUNT_UNKNOWN: "no orders" must never be the answer about an account that is not there. */
  #known(accountId: string): void {
    if (!this.#parts.exchange.accounts().some((account) => account.accountId === accountId)) {
      throw new AppError('ACCOUNT_UNKNOWN', { accountId });
    }
  }

  /** Notices wait for the next turn, so that none arrives inside an order verb; order is kept. */
  #queue(event: BrokerEvent): void {
    if (this.#waiting.length >= MAX_WAITING_NOTICES) {
      this.#parts.logger.error('too many notices in one turn', { lost: this.#waiting.length });
      this.#waiting = [
        { kind: 'connection', state: 'down' },
        { kind: 'connection', state: 'up' },
      ];
    }
    this.#waiting.push(event);
    if (this.#planned) return;
    this.#planned = true;
    this.#parts.timers.yieldTurn(() => this.#deliver());
  }

  #deliver(): void {
    this.#planned = false;
    const events = this.#waiting;
    this.#waiting = [];
    for (const event of events) this.#audience.tell(event);
  }
}
