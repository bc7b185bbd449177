/** The calls of this run as a person may read them again, and where their next pages begin. */
import type { ApiCallRecord, ApiEnvironment } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { EndpointKind } from '#shared/domain/index.ts';

/** Calls that are remembered; the oldest go. */
const MOST = 200;

/** What an answered call left for the next page; it may hold the account, so it never leaves the core. */
export interface PagePlace {
  readonly api: string;
  readonly env: ApiEnvironment;
  readonly endpoint: EndpointKind | null;
  readonly params: Readonly<Record<string, string>>;
  readonly from: Readonly<Record<string, string>>;
}

export class CallHistory {
  #records: ApiCallRecord[] = [];
  readonly #places = new Map<string, PagePlace>();

  /** Newest first. */
  list(): ApiCallRecord[] {
    return [...this.#records];
  }

  /** `place`: where its next page begins; null: there is none. */
  add(record: ApiCallRecord, place: PagePlace | null): void {
    this.#records = [record, ...this.#records].slice(0, MOST);
    if (place) this.#places.set(record.callId, place);
    const kept = new Set(this.#records.map(({ callId }) => callId));
    for (const callId of [...this.#places.keys()]) if (!kept.has(callId)) this.#places.delete(callId);
  }

  /** Where the page after a call begins. Throws INPUT_INVALID where there is none any more. */
  after(callId: string): PagePlace {
    const place = this.#places.get(callId);
    if (place) return place;
    throw new AppError('INPUT_INVALID', {
      where: 'after',
      why: '이어 볼 쪽을 더는 알지 못합니다. 처음부터 다시 보내세요.',
    });
  }
}
