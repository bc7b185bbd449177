/** One account of a connection: the verbs of the Broker port for it, whatever it trades. */
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

/** The verbs of the Broker port for the one account. */
export interface AccountDesk {
  readonly accountId: string;
  /** Whether notices come now; else fills come by asking. */
  readonly hasNotices: boolean;
  submit(cleared: Cleared<SubmitOrder>): Promise<SubmitAnswer>;
  replace(cleared: Cleared<ReplaceRequest>): Promise<Receipt>;
  cancel(request: CancelRequest): Promise<Receipt>;
  /** None where the firm says that there is no such account, or where it never held anything. */
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
