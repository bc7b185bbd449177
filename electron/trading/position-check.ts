/** Holdings of the desk beside the broker's when nothing else moves: what has ended by itself is settled, any other difference that stays halts. */
import { codeOf, productOf, type InstrumentId } from '#shared/domain/index.ts';
import { endOfIssue, krxCalendar } from '#shared/market/index.ts';
import type { BrokerPosition } from '../broker/index.ts';
import type { AccountInquiry } from './inquiry.ts';
import type { Step } from './step.ts';

/** A difference in so many inquiries in a row is a broken invariant, or what an end explains. */
const DIFFERENCES = 2;

/** When a holding ends by itself: by the broker's word while it was held, else as the issue is known offline. */
function endOf(step: Step, accountId: string, id: InstrumentId): { readonly on: string; readonly ts: number } | null {
  const told = step.state.book(accountId).ends.get(id);
  if (told) return { on: told.endsOn, ts: told.endsTs };
  const instrument = step.market.facts(id)?.instrument;
  return instrument ? endOfIssue(instrument, krxCalendar) : null;
}

export class PositionCheck {
  /** Differences by account and issue, with how often in a row each was seen. */
  readonly #differences = new Map<string, number>();

  /** Compares; returns how many issues differ still. */
  run(step: Step, { account, positions }: AccountInquiry): number {
    const { accountId, sessionDate } = account;
    const theirs = new Map(positions.map((position) => [position.instrumentId, position]));
    const issues = new Set([
      ...theirs.keys(),
      ...step.state.holdings(accountId).map(({ instrumentId }) => instrumentId),
    ]);
    let differing = 0;
    for (const instrumentId of issues) {
      const key = `${accountId}|${instrumentId}`;
      const ours = step.state.holding(accountId, instrumentId).quantity;
      const position = theirs.get(instrumentId);
      if (ours === (position?.quantity ?? 0)) {
        this.#differences.delete(key);
        if (position) noteEnd(step, position);
        continue;
      }
      const times = (this.#differences.get(key) ?? 0) + 1;
      this.#differences.set(key, times);
      const isGone = (position?.quantity ?? 0) === 0;
      if (times === DIFFERENCES && isGone && settle(step, { accountId, instrumentId, sessionDate })) {
        this.#differences.delete(key);
        continue;
      }
      differing += 1;
      if (times === DIFFERENCES)
        step.broken('DESK_POSITION_DIFFERS', { code: codeOf(instrumentId), ours, theirs: position?.quantity ?? 0 });
    }
    return differing;
  }

  /** The user has taken the broker's holdings over: nothing differs any more. */
  forget(accountId: string): void {
    for (const key of [...this.#differences.keys()]) if (key.startsWith(`${accountId}|`)) this.#differences.delete(key);
  }
}

/** Keeps what the broker says of the end of a holding: once it is gone nobody says it any more. */
function noteEnd(step: Step, { accountId, instrumentId, end }: BrokerPosition): void {
  if (!end || step.state.book(accountId).ends.get(instrumentId)?.endsOn === end.on) return;
  step.emit({ kind: 'holdingEndTold', accountId, instrumentId, endsOn: end.on, endsTs: end.ts, ts: step.now });
}

/** Books a holding out that is gone after its end; false where no end explains it. */
function settle(
  step: Step,
  at: { readonly accountId: string; readonly instrumentId: InstrumentId; readonly sessionDate: string },
): boolean {
  const { accountId, instrumentId, sessionDate } = at;
  const end = endOf(step, accountId, instrumentId);
  if (end === null || step.market.exchangeNow() < end.ts) return false;
  const { quantity: quantityBefore, costKrw } = step.state.holding(accountId, instrumentId);
  const how = productOf(instrumentId) === 'bond' ? 'redemption' : 'finalSettlement';
  step.emit({
    kind: 'positionSettled',
    accountId,
    instrumentId,
    how,
    quantityBefore,
    costKrw,
    endsOn: end.on,
    sessionDate,
    ts: step.now,
  });
  const name = step.market.facts(instrumentId)?.instrument.nameKo ?? codeOf(instrumentId);
  const code = how === 'redemption' ? 'BOND_REDEEMED' : 'CONTRACT_SETTLED';
  step.alert('caution', code, { name, quantity: quantityBefore, date: end.on });
  return true;
}
