/** Trading area: the verbs and the stream of the desk in force, as the contract names them. */
import type { Contract } from '#shared/contract/index.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import { krw } from '#shared/num/index.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import type { MarketHub } from '#core/market/index.ts';
import type { Journal } from '#core/storage/index.ts';
import { checkBasket, DEFAULT_TRADING_SETTINGS, sendBasket } from '#core/trading/index.ts';
import type { BasketRow, Reason, InstrumentId } from '#shared/domain/index.ts';
import type { Clock, Timers } from '#shared/ports.ts';
import { isSessionDate, MINUTE_MS } from '#shared/time/index.ts';
import { labelOf } from '../environments/choices.ts';
import type { ComposedEnvironment } from '../environments/composed.ts';
import type { Front } from '../environments/front.ts';
import type { JournalReader } from '../journal-reader.ts';
import type { RealLock } from '../real-lock/real-lock.ts';

export interface TradingServices {
  readonly front: Front;
  readonly lock: RealLock;
  readonly reader: JournalReader;
  /** The record of switches and locks. */
  readonly system: Journal;
  readonly clock: Clock;
  readonly timers: Timers;
}

/** Phases, dates and tokens hang on the server's clock: one that is off by more means that ours cannot be trusted. */
const MAX_SKEW_MS = 5 * MINUTE_MS;

/** Throws KIS_CLOCK_ORDER. The offline KIS has the clock of its market, which may be hours away. */
function assertClock({ endpoint, line }: ComposedEnvironment): void {
  const skewMs = endpoint === 'official' ? (line?.skewMs() ?? 0) : 0;
  if (Math.abs(skewMs) <= MAX_SKEW_MS) return;
  throw new AppError('KIS_CLOCK_ORDER', { minutes: Math.round(Math.abs(skewMs) / MINUTE_MS) });
}

/** The guard knows every issue of a basket before it judges the first row. */
async function prepareAll(hub: MarketHub, rows: readonly BasketRow[]): Promise<void> {
  await Promise.all([...new Set(rows.map((row) => row.instrumentId))].map((id) => hub.prepare(id)));
}

/** Why an account takes no orders on credit; null: it does. */
function creditLack(credit: ComposedEnvironment['credit'], accountId: string): Reason | null {
  if (credit?.takes(accountId) === true) return null;
  const { code, messageKo, actionKo } = toEnvelope(new AppError('GUARD_CREDIT_NONE'));
  return { code, messageKo, actionKo };
}

/** Throws INPUT_INVALID for days that are none, or that stand the wrong way round. */
function spanOf({ from, to }: { readonly from: string; readonly to: string }) {
  const bad = (where: string, why: string): AppError => new AppError('INPUT_INVALID', { where, why });
  if (!isSessionDate(from)) throw bad('시작일', '"2026-11-26"처럼 날짜를 적으세요.');
  if (!isSessionDate(to)) throw bad('종료일', '"2026-11-26"처럼 날짜를 적으세요.');
  if (from > to) throw bad('시작일', '종료일보다 앞선 날을 고르세요.');
  return { from, to };
}

export function tradingHandlers({
  front,
  lock,
  reader,
  system,
  clock,
  timers,
}: TradingServices): Handlers<Contract>['trading'] {
  const order = { order: true } as const;
  const { rates } = DEFAULT_TRADING_SETTINGS.guard;
  return {
    createAccount: front.call(async ({ environment, desk, createAccount }, { name, kind, startingCashKrw }) => {
      if (createAccount === null) throw new AppError('SIMULATION_ONLY', { environment: labelOf(environment) });
      const { accountId } = createAccount({ name, kind, startingCashKrw: krw(startingCashKrw) });
      return desk.adoptAccount(accountId);
    }),
    accounts: front.call(({ desk }) => [...desk.accounts()]),
    submit: front.call(async (environment, wish) => {
      assertClock(environment);
      await environment.hub.prepare(wish.instrumentId);
      await environment.credit?.prepare(wish, true);
      // Between two looks of the lock at the clocks a day may have ended.
      lock.review();
      return environment.desk.submit(wish);
    }, order),
    replace: front.call((environment, wish) => {
      assertClock(environment);
      lock.review();
      return environment.desk.replace(wish);
    }, order),
    cancel: front.call(({ desk }, wish) => desk.cancel(wish), order),
    cancelAll: front.call(({ desk }, { accountId }) => desk.cancelAll(accountId), order),
    preview: front.call(async ({ desk, hub, credit }, draft) => {
      await hub.prepare(draft.instrumentId);
      await credit?.prepare(draft, false);
      return desk.preview(draft);
    }),
    checkBasket: front.call(async ({ desk, hub }, { rows }) => {
      await prepareAll(hub, rows);
      return [...checkBasket(desk, rows)];
    }),
    submitBasket: front.call(async (environment, wish, { signal }) => {
      assertClock(environment);
      await prepareAll(environment.hub, wish.rows);
      lock.review();
      const { desk, hub } = environment;
      const prepare = (id: InstrumentId): Promise<void> => hub.prepare(id);
      const { sent, verdicts, rows } = await sendBasket({ desk, clock, timers, rates, prepare }, wish, signal);
      return { sent, verdicts: [...verdicts], rows: [...rows] };
    }, order),
    placeMandate: front.call(async (environment, wish) => {
      assertClock(environment);
      await Promise.all(wish.legs.map((leg) => environment.hub.prepare(leg.instrumentId)));
      lock.review();
      const { mandates, entry } = await environment.desk.mandates.place(wish);
      return { mandates: [...mandates], entry };
    }, order),
    reviseMandate: front.call(({ desk }, wish) => desk.mandates.revise(wish), order),
    revokeMandate: front.call(async ({ desk }, { mandateId }) => [...(await desk.mandates.revoke(mandateId))], order),
    previewMandate: front.call(async ({ desk, hub }, wish) => {
      await Promise.all(wish.legs.map((leg) => hub.prepare(leg.instrumentId)));
      return { denial: desk.mandates.denial(wish) };
    }),
    resolveUnconfirmed: front.call(({ desk }, { orderId }) => desk.resolveUnconfirmed(orderId)),
    desk: front.stream(({ desk }, _input, sink) => {
      sink.snapshot(desk.snapshot());
      return desk.watch((deltas) => {
        for (const delta of deltas) sink.push(delta);
      });
    }),
    setTradingState: front.call(
      ({ desk }, { state, note }) => {
        if (state === 'halted') lock.disarm('kill');
        return desk.setTradingState(state, note);
      },
      // The kill key works while one environment makes way for another, too.
      { always: true },
    ),
    resume: front.call(({ desk }, { phrase }) => desk.resume(phrase)),
    adoptHoldings: front.call(({ desk }, { accountId, phrase }) => desk.adoptHoldings(accountId, phrase)),
    orders: front.call(({ desk }, { accountId, open, limit }) => [...desk.orders({ accountId, open, limit })]),
    fills: front.call(({ desk }, { accountId, limit }) => [...desk.fills({ accountId, limit })]),
    positions: front.call(({ desk }, { accountId }) => [...desk.positions(accountId)]),
    performance: front.call(({ desk }, { accountId }) => desk.performance(accountId)),
    creditPlan: front.call(({ credit }, { accountId }) => ({ unavailable: creditLack(credit, accountId) })),
    loans: front.call(async ({ credit }, { accountId }) => {
      if (credit?.takes(accountId) !== true) throw new AppError('GUARD_CREDIT_NONE');
      return [...(await credit.lots())];
    }),
    reservations: front.call(async ({ reservations }, { accountId, ...span }, { signal }) => {
      if (reservations === null) throw new AppError('KIS_STATEMENT_NONE', { name: '예약주문' });
      return [...(await reservations.list({ accountId, ...spanOf(span) }, signal))];
    }),
    statementPlan: front.call(({ statements }, { accountId }) => statements.plan(accountId)),
    periodProfit: front.stream(({ statements }, { accountId, ...span }, sink) => {
      const abort = new AbortController();
      const tell = async (): Promise<void> => {
        const { from, to } = spanOf(span);
        const page = (so: { readonly calls: number; readonly rows: number }): void => {
          if (!abort.signal.aborted) sink.push({ kind: 'page', ...so });
        };
        const profit = await statements.profit({ accountId, from, to, signal: abort.signal, page });
        if (abort.signal.aborted) return;
        sink.push({ kind: 'whole', profit });
        sink.end();
      };
      tell().catch((error: unknown) => {
        if (!abort.signal.aborted) sink.end(error);
      });
      return () => abort.abort();
    }),
    funds: front.call(({ statements }, { accountId }, { signal }) => statements.funds(accountId, signal)),
    journal: front.call(({ journal }, { record, ...wish }, { signal }) =>
      reader.page(record === 'system' ? system : journal, wish, signal),
    ),
    equity: front.call(({ desk }, { accountId }) => desk.equity(accountId)),
  };
}
