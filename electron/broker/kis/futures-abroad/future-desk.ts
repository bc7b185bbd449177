/** An account of futures abroad in one currency: what it holds and its money, by inquiry; it takes no orders (docs/adr/0015). */
import type { ForeignCurrency } from '#shared/domain/index.ts';
import { krw } from '#shared/num/index.ts';
import type { Clock, Logger, Timer, Timers } from '#shared/ports.ts';
import type {
  BrokerAccount,
  BrokerAdjustment,
  BrokerEvent,
  BrokerExecution,
  BrokerOrder,
  BrokerPosition,
  Receipt,
  SubmitAnswer,
} from '../../broker.ts';
import { NoticeAudience } from '../../notice-audience.ts';
import type { AccountFields } from '../domestic/wire/order-cash.ts';
import { summedPositions, wholePages, type AccountDesk } from '../joint/index.ts';
import type { KisKeys, KisRest } from '../ports.ts';
import type { FutureClock } from './future-clock.ts';
import { futureCash, futureDeposit, futureHeldRows, futureHoldings } from './wire/balance.ts';

/** Between looks at the money, which moves with every price; milliseconds. */
const LOOK_MS = 30_000;
const REFUSED = { ok: false, code: 'GUARD_FUTURES_ABROAD' } as const;

export interface FutureDeskParts {
  readonly accountId: string;
  readonly name: string;
  readonly currency: ForeignCurrency;
  readonly keys: Pick<KisKeys, 'accountNo' | 'productCode'>;
  readonly rest: KisRest;
  readonly session: FutureClock;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  /** true: it is an account even where nothing is in it. */
  readonly always: boolean;
}

class FutureDesk implements AccountDesk {
  readonly hasNotices = false;
  readonly #parts: FutureDeskParts;
  readonly #fields: AccountFields;
  readonly #audience: NoticeAudience;
  readonly #look: Timer;
  readonly #createdTs: BrokerAccount['createdTs'];
  /** It was shown once: from then on it is an account whatever is in it. */
  #shown: boolean;

  constructor(parts: FutureDeskParts) {
    const { keys, timers, logger, clock, always } = parts;
    this.#parts = parts;
    this.#fields = { CANO: keys.accountNo, ACNT_PRDT_CD: keys.productCode };
    this.#audience = new NoticeAudience(logger);
    this.#createdTs = clock.now();
    this.#shown = always;
    this.#look = timers.every(LOOK_MS, () => {
      if (this.#shown) this.#tell();
    });
  }

  get accountId(): string {
    return this.#parts.accountId;
  }

  async submit(): Promise<SubmitAnswer> {
    return REFUSED;
  }

  async replace(): Promise<Receipt> {
    return REFUSED;
  }

  async cancel(): Promise<Receipt> {
    return REFUSED;
  }

  async accounts(): Promise<readonly BrokerAccount[]> {
    const account = await this.account();
    if (!this.#shown) {
      const { cashD0Krw, cashD2Krw, reservedKrw } = account;
      this.#shown = cashD0Krw !== 0 || cashD2Krw !== 0 || reservedKrw !== 0 || (await this.positions()).length > 0;
    }
    return this.#shown ? [account] : [];
  }

  async account(): Promise<BrokerAccount> {
    const { accountId, name, currency, rest, session } = this.#parts;
    const sessionDate = session.date();
    const cash = futureCash(await rest.call(futureDeposit(this.#fields, currency, sessionDate)));
    const { d1, d2 } = session.nextDates(sessionDate);
    return {
      accountId,
      name,
      kind: 'cash',
      currency,
      product: 'derivative',
      startingCashKrw: null,
      cashD0Krw: krw(cash.deposit),
      cashD1Krw: krw(cash.nextDay ?? cash.deposit),
      cashD2Krw: krw(cash.settled),
      reservedKrw: krw(Math.max(0, cash.margin)),
      buyingPowerKrw: krw(cash.orderable),
      marginPowerKrw: krw(cash.orderable),
      unpaidKrw: krw(Math.max(0, cash.unpaid)),
      frozenUntil: null,
      sessionDate,
      d1Date: d1,
      d2Date: d2,
      createdTs: this.#createdTs,
    };
  }

  // No order goes out from here, and those of the broker's own programs are not followed: they show in what is held.
  async openOrders(): Promise<readonly BrokerOrder[]> {
    return [];
  }

  async orders(): Promise<readonly BrokerOrder[]> {
    return [];
  }

  async executions(): Promise<readonly BrokerExecution[]> {
    return [];
  }

  async adjustments(): Promise<readonly BrokerAdjustment[]> {
    return [];
  }

  async positions(): Promise<readonly BrokerPosition[]> {
    const { accountId, currency, rest } = this.#parts;
    const answers = await wholePages(rest, futureHoldings(this.#fields));
    return summedPositions(
      accountId,
      answers.flatMap((answer) => futureHeldRows(answer, currency)),
    );
  }

  events(listener: (event: BrokerEvent) => void): () => void {
    return this.#audience.add(listener);
  }

  close(): void {
    this.#look.cancel();
    this.#audience.clear();
  }

  #tell(): void {
    this.account().then(
      (account) => this.#audience.tell({ kind: 'account', account }),
      (error: unknown) =>
        this.#parts.logger.warn('the money of futures abroad could not be asked for', { error: String(error) }),
    );
  }
}

/** An account of futures abroad; `close` ends its timer. */
export function createFutureDesk(parts: FutureDeskParts): AccountDesk {
  return new FutureDesk(parts);
}
