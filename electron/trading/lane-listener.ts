/** What becomes of the broker's answers to orders, changes and cancels: each goes to the part of the desk that asked. */
import type { LaneListener } from './broker-lane.ts';
import type { BrokerNotices } from './broker-notices.ts';
import type { DeskLoop } from './desk-loop.ts';
import type { DeskState } from './desk-state.ts';
import type { OrderRecord } from './order-record.ts';
import type { OrderVerbs } from './order-verbs.ts';
import type { Step } from './step.ts';

interface AnswerParts {
  readonly state: DeskState;
  readonly loop: () => DeskLoop;
  readonly notices: () => BrokerNotices;
  readonly verbs: () => OrderVerbs;
}

/** The listener of the broker lane. */
export function laneListener({ state, loop, notices, verbs }: AnswerParts): LaneListener {
  const about = (orderId: string, act: (step: Step, record: OrderRecord) => void): void =>
    loop().post('answer', (step) => {
      const record = state.record(orderId);
      if (record) act(step, record);
    });
  return {
    submitAnswered: (orderId, answer) =>
      about(orderId, (step, record) => notices().submitAnswered(step, record, answer)),
    replaceAnswered: (orderId, receipt) =>
      about(orderId, (step, record) => notices().replaceAnswered(step, record, receipt)),
    cancelAnswered: (orderId, receipt) =>
      about(orderId, (step, record) => verbs().cancelAnswered(step, record, receipt)),
  };
}
