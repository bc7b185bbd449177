/** The verbs of mandates at the desk: place, revise, revoke, preview. */
import type { Mandate, MandateOrder, MandateTrigger, Reason } from '#shared/domain/index.ts';
import type { OrderAck } from '#shared/contract/index.ts';
import type { DeskState } from './desk-state.ts';
import { entryRequest, type MandateRoom } from './mandate-room.ts';
import { ackOf, reasonOf } from './order-record.ts';
import type { Step } from './step.ts';

interface MandateDeskParts {
  readonly room: MandateRoom;
  readonly state: DeskState;
  readonly command: <Result>(name: string, act: (step: Step) => Result) => Promise<Result>;
  /** Throws while the desk takes no orders, and ACCOUNT_UNKNOWN. */
  readonly ready: (accountId: string) => void;
}

export class MandateDesk {
  readonly #parts: MandateDeskParts;

  constructor(parts: MandateDeskParts) {
    this.#parts = parts;
  }

  /** Leaves mandates with the desk; resolves when they are on the disk. Throws as MandateRoom.denial says. */
  place(order: MandateOrder): Promise<{ readonly mandates: readonly Mandate[]; readonly entry: OrderAck | null }> {
    const { room, command, ready, state } = this.#parts;
    return command('placeMandate', (step) => {
      if (state.mandates.ofRequest(order.requestId).length === 0) ready(order.legs[0]?.accountId ?? '');
      const mandates = room.place(step, order);
      const entry = state.requests.get(entryRequest(order.requestId));
      const record = entry ? state.record(entry.orderId) : undefined;
      return { mandates, entry: record ? ackOf(record.order) : null };
    });
  }

  /** Changes the trigger and the limit price. Throws MANDATE_UNKNOWN, MANDATE_NOT_STANDING, and as `place`. */
  revise(change: {
    readonly mandateId: string;
    readonly trigger: MandateTrigger;
    readonly price: number | null;
  }): Promise<Mandate> {
    return this.#parts.command('reviseMandate', (step) => this.#parts.room.revise(step, change));
  }

  /** Cancels a mandate with its set, in every trading state. Throws MANDATE_UNKNOWN. */
  revoke(mandateId: string): Promise<readonly Mandate[]> {
    return this.#parts.command('revokeMandate', (step) => this.#parts.room.revoke(step, mandateId));
  }

  /** Why mandates would not be taken now; null: they would. */
  denial(order: Omit<MandateOrder, 'requestId'>): Reason | null {
    const { room, state } = this.#parts;
    const denial = room.denial({ state }, order);
    return denial ? reasonOf(denial.code, denial.params) : null;
  }
}
