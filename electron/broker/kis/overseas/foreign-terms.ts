/** What the account of a foreign currency offers, and the waits it keeps. */
import type { Cleared } from '#shared/domain/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import type {
  BrokerAccount,
  BrokerAdjustment,
  BrokerEvent,
  BrokerExecution,
  BrokerOrder,
  BrokerPosition,
  CancelRequest,
  Receipt,
  ReplaceRequest,
  SubmitAnswer,
  SubmitOrder,
} from '../../broker.ts';
import type { KisEnvironment } from '../ports.ts';

/** Waits in milliseconds of wall time. */
export interface ForeignDeskSettings {
  /** Between looks at open orders while no notices come. */
  readonly pollMs: number;
  /** From a notice to the look it causes; more of them within are answered by one. */
  readonly noticeMs: number;
}

/** By environment. */
export const SETTINGS: Readonly<Record<KisEnvironment, ForeignDeskSettings>> = {
  real: { pollMs: 2_000, noticeMs: 100 },
  paper: { pollMs: 5_000, noticeMs: 500 },
};

/** The verbs of the Broker port for the one account. */
export interface ForeignDesk {
  readonly accountId: string;
  /** Whether notices come now; else fills come by asking. */
  readonly hasNotices: boolean;
  submit(cleared: Cleared<SubmitOrder>): Promise<SubmitAnswer>;
  replace(cleared: Cleared<ReplaceRequest>): Promise<Receipt>;
  cancel(request: CancelRequest): Promise<Receipt>;
  /** None where the firm says that the account does not trade abroad, and, but for dollars, where it never had any of the currency. */
  accounts(): Promise<readonly BrokerAccount[]>;
  account(): Promise<BrokerAccount>;
  openOrders(): Promise<readonly BrokerOrder[]>;
  orders(sessionDate: SessionDate): Promise<readonly BrokerOrder[]>;
  executions(sessionDate: SessionDate): Promise<readonly BrokerExecution[]>;
  adjustments(): Promise<readonly BrokerAdjustment[]>;
  positions(): Promise<readonly BrokerPosition[]>;
  events(listener: (event: BrokerEvent) => void): () => void;
  close(): void;
}
