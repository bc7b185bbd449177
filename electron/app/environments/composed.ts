/** One environment, composed: its market, its broker, its desk, its record, and what ends them all. */
import type { AccountKind, EndpointKind, Environment, KisHealth, Lack, Reason, WonRate } from '#shared/domain/index.ts';
import type { EpochMs } from '#shared/time/index.ts';
import type { AccountReservations, AccountStatements, KisCredit } from '#core/broker/index.ts';
import type { KisRealtimeClient } from '#core/broker/kis/realtime/index.ts';
import type { MarketHub } from '#core/market/index.ts';
import type { Journal } from '#core/storage/index.ts';
import type { ThreatRoom } from '#core/threats/index.ts';
import type { Desk, TradingGate } from '#core/trading/index.ts';

/** The line to KIS of an environment that has one. */
export interface KisLine {
  health(): KisHealth;
  /** The one session that the broker allows; whoever else wants to hear something hears it here. */
  readonly realtime: Pick<KisRealtimeClient, 'want' | 'health'>;
  /** The server's clock now. */
  serverNow(): EpochMs;
  /** Server minus ours; null: not measured yet. */
  skewMs(): number | null;
  /** Refuses orders that wait for their place and were cleared before the gate shut. */
  reviewOrders(): void;
}

export interface ComposedEnvironment {
  readonly environment: Environment;
  readonly connectionId: string | null;
  readonly endpoint: EndpointKind | null;
  readonly hub: MarketHub;
  readonly desk: Desk;
  /** Looks at market and desk for threats, and answers them. */
  readonly guard: ThreatRoom;
  readonly gate: TradingGate;
  readonly journal: Journal;
  /** What an account earned in a period, and its money by currency. */
  readonly statements: AccountStatements;
  /** Instructions that the broker holds for the next opening; null: nobody holds any. */
  readonly reservations: AccountReservations | null;
  /** Orders on credit; null: none are taken. */
  readonly credit: KisCredit | null;
  readonly lacks: readonly Lack[];
  /** Rates of exchange as the broker's answers tell them in passing; absent: nothing tells any. */
  readonly wonRates?: () => readonly WonRate[];
  readonly noticesKo: () => readonly string[];
  /** Why the environment is in force without being connected; null while it is. */
  readonly reason: () => Reason | null;
  /** null in the simulation. */
  readonly line: KisLine | null;
  /** Opens a practice account; null where accounts are the broker's. */
  readonly createAccount:
    | ((wish: { readonly name: string; readonly kind?: AccountKind; readonly startingCashKrw?: number }) => {
        readonly accountId: string;
      })
    | null;
  /** Stops and closes everything; what is open at the broker stays open. */
  dispose(): Promise<void>;
}

/** What closes, last opened first. */
export type Closer = () => void | Promise<void>;

/** Collects closers while something is built; where the building fails, all that was opened is closed again. */
export async function building<Result>(build: (closers: Closer[]) => Promise<Result>): Promise<{
  readonly result: Result;
  readonly close: () => Promise<void>;
}> {
  const closers: Closer[] = [];
  const close = async (): Promise<void> => {
    for (let closer = closers.pop(); closer; closer = closers.pop()) await closer();
  };
  try {
    return { result: await build(closers), close };
  } catch (error) {
    await close();
    throw error;
  }
}
