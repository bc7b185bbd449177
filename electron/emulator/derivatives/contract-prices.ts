/** What a contract is about worth at the offline KIS: made-up rules of thumb, without any model of the real market. */
import { daysLeft } from '#shared/market/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import type { ListedContract } from './contract-listing.ts';

/** Share of the spot by which a future stands above it a day before its end. */
const CARRY_A_DAY = 0.00008;
/** Time value of an option at the money thirty days before its end, as a share of the spot, and how far from it there is any. */
const AT_THE_MONEY = 0.02;
const REACH = 0.06;

/** Intrinsic and time value of an option; 1/100. */
export function optionParts(
  contract: ListedContract,
  spot: number,
  date: SessionDate,
): { readonly intrinsic: number; readonly time: number } {
  const left = Math.max(0, daysLeft(date, contract.lastDay));
  const ahead = contract.kind === 'call' ? spot - contract.strike : contract.strike - spot;
  const nearness = Math.max(0, 1 - Math.abs(spot - contract.strike) / (spot * REACH));
  const time = spot * AT_THE_MONEY * Math.sqrt(left / 30) * nearness * nearness;
  return { intrinsic: Math.max(0, ahead), time };
}

/** The fair price in 1/100; `spot`: what it is on, in 1/100. */
export function fairPrice(contract: ListedContract, spot: number, date: SessionDate): number {
  if (contract.kind === 'future') return spot * (1 + CARRY_A_DAY * Math.max(0, daysLeft(date, contract.lastDay)));
  const { intrinsic, time } = optionParts(contract, spot, date);
  return Math.max(1, intrinsic + time);
}
