/** Requests by the id of the gesture that made them, so that a repeat finds the first and never acts again. */
import type { OrderAck } from '#shared/contract/index.ts';

/** What a request asked for, as far as it is needed to tell a repeat from another request under the same id. */
export interface RequestRecord {
  readonly verb: 'submit' | 'replace' | 'cancel';
  readonly orderId: string;
  readonly price?: number;
  /** The first answer; null while there is none. */
  readonly ack: OrderAck | null;
}

export class RequestLog {
  readonly #limit: number;
  readonly #records = new Map<string, RequestRecord>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(requestId: string): RequestRecord | undefined {
    return this.#records.get(requestId);
  }

  open(requestId: string, request: Omit<RequestRecord, 'ack'>): void {
    this.#records.set(requestId, { ...request, ack: null });
    const oldest = this.#records.keys().next().value;
    if (this.#records.size > this.#limit && oldest !== undefined) this.#records.delete(oldest);
  }

  answer(requestId: string, ack: OrderAck): void {
    const record = this.#records.get(requestId);
    if (record && record.ack === null) this.#records.set(requestId, { ...record, ack });
  }
}
