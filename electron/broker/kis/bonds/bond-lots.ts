/** Which purchase a sale of a bond comes from: the broker sells out of one at a time. */
import { AppError } from '#shared/errors/index.ts';
import type { BondLot } from './wire/balance.ts';

const byAge = (a: BondLot, b: BondLot): number =>
  a.boughtOn === b.boughtOn ? Number(a.no) - Number(b.no) : a.boughtOn < b.boughtOn ? -1 : 1;

/** Throws KIS_BOND_LOTS with the most that one order can sell where no single purchase has `quantity`, KIS_BOND_NONE where nothing can be sold. */
export function chooseLot(lots: readonly BondLot[], quantity: number): BondLot {
  const lot = [...lots].sort(byAge).find(({ sellable }) => sellable >= quantity);
  if (lot) return lot;
  const most = Math.max(0, ...lots.map(({ sellable }) => sellable));
  throw most === 0 ? new AppError('KIS_BOND_NONE') : new AppError('KIS_BOND_LOTS', { most });
}
