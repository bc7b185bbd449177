/** Where notices wait whose order number is not known yet; bounded in number and in time. */
import type { BrokerEvent } from '../broker/index.ts';

/** Notices that belong to one order of the broker. */
export type OrderNotice = Extract<
  BrokerEvent,
  { kind: 'accepted' | 'replaced' | 'triggered' | 'converted' | 'canceled' | 'expired' | 'rejected' | 'fill' }
>;

interface Waiting {
  readonly accountId: string;
  readonly brokerOrderNo: string;
  readonly notice: OrderNotice;
  readonly since: number;
}

/** Account and number that a notice is about. */
export function numberOf(notice: OrderNotice): { readonly accountId: string; readonly brokerOrderNo: string } {
  switch (notice.kind) {
    case 'accepted':
    case 'replaced':
    case 'triggered':
    case 'converted':
      return notice.order;
    case 'fill':
      return notice.execution;
    default:
      return notice;
  }
}

export class NoticeRoom {
  readonly #limit: number;
  #waiting: Waiting[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#waiting.length;
  }

  /** False: the room is full, and the notice was not taken. */
  add(notice: OrderNotice, since: number): boolean {
    if (this.#waiting.length >= this.#limit) return false;
    const { accountId, brokerOrderNo } = numberOf(notice);
    this.#waiting.push({ accountId, brokerOrderNo, notice, since });
    return true;
  }

  /** The notices for which `isWanted` holds, in the order they came; they leave the room. */
  take(isWanted: (waiting: Waiting) => boolean): readonly OrderNotice[] {
    const taken = this.#waiting.filter(isWanted);
    if (taken.length > 0) this.#waiting = this.#waiting.filter((each) => !taken.includes(each));
    return taken.map(({ notice }) => notice);
  }
}
