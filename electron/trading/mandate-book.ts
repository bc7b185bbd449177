/** The mandates of a desk, folded from its journal: by id, by issue, by set, by entry. */
import { isStanding, type InstrumentId, type Mandate } from '#shared/domain/index.ts';
import { assert } from '#shared/errors/index.ts';
import type { DeskEventOf } from './journal-events.ts';
import { reasonOf } from './order-record.ts';

/** Ended mandates kept in memory; the journal keeps all. */
const ENDED_LIMIT = 2_000;

export type MandateEvent = DeskEventOf<
  | 'mandatePlaced'
  | 'mandateArmed'
  | 'mandateCarried'
  | 'mandateRevised'
  | 'mandateTrailed'
  | 'mandateHeld'
  | 'mandateFired'
  | 'mandateEnded'
>;

export class MandateBook {
  readonly #byId = new Map<string, Mandate>();
  /** Standing ones only: a trade looks at its issue's alone. */
  readonly #byIssue = new Map<InstrumentId, Map<string, Mandate>>();
  /** Sets by the entry they protect, and mandates by the order they became. */
  readonly #byEntry = new Map<string, string>();
  readonly #byOrder = new Map<string, string>();
  readonly #bySet = new Map<string, string[]>();
  readonly #byRequest = new Map<string, string>();
  #standing = 0;
  #changed = new Set<string>();

  get standing(): number {
    return this.#standing;
  }

  get(mandateId: string): Mandate | undefined {
    return this.#byId.get(mandateId);
  }

  /** All that are remembered, the oldest first. */
  all(): readonly Mandate[] {
    return [...this.#byId.values()];
  }

  /** Standing mandates on an issue. */
  onIssue(instrumentId: InstrumentId): Iterable<Mandate> {
    return this.#byIssue.get(instrumentId)?.values() ?? [];
  }

  get isEmpty(): boolean {
    return this.#byId.size === 0;
  }

  /** The legs of a set. */
  ofSet(setId: string): readonly Mandate[] {
    return (this.#bySet.get(setId) ?? []).flatMap((id) => this.#byId.get(id) ?? []);
  }

  /** The set that a gesture has placed. */
  ofRequest(requestId: string): readonly Mandate[] {
    return this.ofSet(this.#byRequest.get(requestId) ?? '');
  }

  /** Mandates that protect an order, whatever became of them. */
  ofEntry(orderId: string): readonly Mandate[] {
    return this.ofSet(this.#byEntry.get(orderId) ?? '');
  }

  /** The mandate that an order came from. */
  ofOrder(orderId: string): Mandate | undefined {
    return this.#byId.get(this.#byOrder.get(orderId) ?? '');
  }

  standingOnes(): readonly Mandate[] {
    return [...this.#byIssue.values()].flatMap((mandates) => [...mandates.values()]);
  }

  /** What changed since the last call, each in its newest form. */
  takeChanged(): readonly Mandate[] {
    const changed = [...this.#changed].flatMap((id) => this.#byId.get(id) ?? []);
    this.#changed = new Set();
    return changed;
  }

  apply(event: MandateEvent): void {
    if (event.kind === 'mandatePlaced') {
      this.#place(event);
      return;
    }
    const mandate = this.#byId.get(event.mandateId);
    assert(mandate, `no mandate ${event.mandateId}`);
    this.#put({ ...mandate, ...changeOf(event), updatedTs: event.ts });
  }

  #place(event: DeskEventOf<'mandatePlaced'>): void {
    const { kind: _kind, ts, ...facts } = event;
    this.#byRequest.set(event.requestId, event.setId);
    if (event.entryOrderId !== null) this.#byEntry.set(event.entryOrderId, event.setId);
    this.#bySet.set(event.setId, [...(this.#bySet.get(event.setId) ?? []), event.mandateId]);
    this.#put({
      ...facts,
      state: event.entryOrderId === null ? 'armed' : 'waiting',
      reason: null,
      orderId: null,
      extreme: null,
      placedTs: ts,
      updatedTs: ts,
    });
  }

  #put(mandate: Mandate): void {
    const { mandateId, instrumentId } = mandate;
    const before = this.#byId.get(mandateId);
    this.#byId.set(mandateId, mandate);
    this.#changed.add(mandateId);
    if (mandate.orderId !== null) this.#byOrder.set(mandate.orderId, mandateId);
    const stood = before !== undefined && isStanding(before.state);
    const stands = isStanding(mandate.state);
    const onIssue = this.#byIssue.get(instrumentId) ?? new Map<string, Mandate>();
    if (stands) this.#byIssue.set(instrumentId, onIssue.set(mandateId, mandate));
    if (stands !== stood) this.#standing += stands ? 1 : -1;
    if (stands || !stood) return;
    onIssue.delete(mandateId);
    if (onIssue.size === 0) this.#byIssue.delete(instrumentId);
    this.#forgetOldest();
  }

  #forgetOldest(): void {
    if (this.#byId.size - this.#standing <= ENDED_LIMIT) return;
    for (const [mandateId, mandate] of this.#byId) {
      if (isStanding(mandate.state)) continue;
      this.#byId.delete(mandateId);
      this.#byRequest.delete(mandate.requestId);
      this.#bySet.delete(mandate.setId);
      this.#byEntry.delete(mandate.entryOrderId ?? '');
      this.#byOrder.delete(mandate.orderId ?? '');
      return;
    }
  }
}

function changeOf(event: Exclude<MandateEvent, { kind: 'mandatePlaced' }>): Partial<Mandate> {
  switch (event.kind) {
    case 'mandateArmed':
      return { state: 'armed', quantity: event.quantity };
    case 'mandateCarried':
      return { watchedDate: event.watchedDate, watchedBase: event.watchedBase };
    case 'mandateRevised':
      return { trigger: event.trigger, price: event.price, extreme: null, reason: null };
    case 'mandateTrailed':
      return { extreme: event.extreme };
    case 'mandateHeld':
      return { reason: event.code === null ? null : reasonOf(event.code, event.params) };
    case 'mandateFired':
      return { state: 'fired', orderId: event.orderId, quantity: event.quantity, reason: null };
    case 'mandateEnded':
      return { state: event.state, reason: reasonOf(event.code, event.params) };
  }
}
