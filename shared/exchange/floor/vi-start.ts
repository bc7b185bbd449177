/** The start of a volatility interruption, and how a board goes its own way. */
import { epochMs, type Phase } from '../../time/index.ts';
import { VI_DURATION_MS } from '../../market/index.ts';
import { ownWay, type Board, type OwnWay } from './board.ts';
import type { Floor } from './floor.ts';
import type { PhaseCause } from '../types.ts';
import type { ViBreach } from './vi-gauge.ts';

/** Puts a board into a phase of its own and tells. `until`: scheduled end, 0 for none. */
export function moveBoard(
  floor: Floor,
  board: Board,
  to: { readonly phase: Phase; readonly cause: PhaseCause; readonly until: number },
): void {
  const previous = board.phase;
  board.phase = to.phase;
  floor.events.phase(board, { phase: to.phase, previous, cause: to.cause, until: to.until });
}

/** Sets what a board does of its own, and when that ends: at `endTs`, or by hand where that is null. */
export function goOwnWay(
  floor: Floor,
  board: Board,
  facts: Partial<Omit<OwnWay, 'n' | 'sinceTs'>> & Pick<OwnWay, 'kind'> & { readonly endTs: number | null },
): void {
  const { kind, endTs, ...rest } = facts;
  board.occasions += 1;
  const n = board.occasions;
  board.own = ownWay(kind, { n, since: floor.now, ...rest });
  if (endTs !== null) floor.agenda.add({ ts: endTs, kind: 'own', place: board.place, n });
}

/** A price was about to trade that triggers a VI: two minutes of call auction follow, and up to thirty seconds more. */
export function beginVi(floor: Floor, board: Board, price: number): void {
  const breach = board.gauge.breachNow(price);
  if (breach === null) return;
  const until = epochMs(floor.now + VI_DURATION_MS);
  holdForVi(floor, board, { breach, price, kind: breach.type === 'static' ? 'viStatic' : 'viDynamic' });
  moveBoard(floor, board, { phase: 'viAuction', cause: 'vi', until });
}

/** An auction's price would trigger a VI: the auction goes on for two more minutes. */
export function extendForVi(
  floor: Floor,
  board: Board,
  vi: { readonly breach: ViBreach; readonly price: number },
): void {
  const until = epochMs(floor.now + VI_DURATION_MS);
  holdForVi(floor, board, { ...vi, kind: 'extension' });
  moveBoard(floor, board, { phase: board.phase, cause: 'extension', until });
}

function holdForVi(
  floor: Floor,
  board: Board,
  vi: { readonly breach: ViBreach; readonly price: number; readonly kind: OwnWay['kind'] },
): void {
  const { breach, price, kind } = vi;
  const { type, direction, reference } = breach;
  const untilTs = epochMs(floor.now + VI_DURATION_MS);
  goOwnWay(floor, board, { kind, untilTs, reference, price, endTs: untilTs + floor.randomEnd(board) });
  floor.events.vi(board, { type, direction, reference, price, until: untilTs });
}
