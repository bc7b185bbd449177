/** Every play but P1, which is an alert: see the room. */
import type { PlayId } from '#shared/domain/index.ts';
import { REDUCTION_PLAN } from './plan.ts';
import type { Play } from './play.ts';
import { AUCTION_MODE, BLOCK, COLLAR, COOLING } from './protect.ts';
import { RESYNC } from './resync.ts';
import { SECURE } from './secure.ts';
import { HALT, REDUCE_ONLY } from './trading-state.ts';

export { reducingPrice, responsePlan } from './plan.ts';
export type { Incident, Play, PlayCause, PlayDid, PlayGround, SecurityPort, Words } from './play.ts';

export const ALL_PLAYS: ReadonlyMap<PlayId, Play> = new Map(
  [REDUCTION_PLAN, COLLAR, AUCTION_MODE, REDUCE_ONLY, BLOCK, HALT, RESYNC, COOLING, SECURE].map((play) => [
    play.id,
    play,
  ]),
);
