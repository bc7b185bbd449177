/** Listed bonds (장내채권) at KIS: their account, and their part of the feed. Real environment only. */
export {
  bondAccountId,
  createBondDesk,
  type BondDesk,
  type BondDeskParts,
  type BondDeskSettings,
} from './bond-desk.ts';
export { bondPart, type BondPartParts } from './bond-part.ts';
export { createBondPoll, type BondPoll } from './bond-poll.ts';
