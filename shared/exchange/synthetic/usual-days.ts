/** What the usual days of a synthetic market are like, as far as its participants are made of it: for whoever compares today with them. */
import { tickAt, tickTable } from '../../market/index.ts';
import { Rng } from '../../rng/index.ts';
import type { SessionDate } from '../../time/index.ts';
import type { ListedIssue } from '../types.ts';
import { intensityAt } from './day-shape.ts';
import { MarketModel } from './market-model.ts';
import { drawProfile } from './synthetic-profile.ts';

/** An issue's usual day. */
export interface UsualDay {
  /** Shares. */
  readonly averageVolume: number;
  /** Shares of each minute from 09:00 to 15:30, 391 of them. */
  readonly minuteVolumes: readonly number[];
  /** Shares of both sides within one percent of the middle. */
  readonly usualDepth: number;
  readonly usualSpreadTicks: number;
  /** Closes of the days before, oldest first, the last the base price; won. */
  readonly closes: readonly number[];
}

const MINUTES = 391;
const SESSION_MINUTES = 380;
/** So many levels are shown, a little fewer shares near the touch. @see venue-desk.ts */
const LEVELS = 10;
const MEAN_LEVEL = 0.95;
const DAYS = 500;

/** The usual days of all issues of a market by code. */
export function usualDays(
  issues: readonly ListedIssue[],
  seed: number,
  date: SessionDate,
): ReadonlyMap<string, UsualDay> {
  const profiles = issues.map((issue) => drawProfile(issue, Rng.from(seed, `profile/${issue.code}`)));
  const model = new MarketModel({ seed: `${seed}/before`, issues: profiles });
  const returns = Array.from({ length: DAYS }, () =>
    model.next().issues.map(({ overnight, session }) => overnight + session),
  );
  const shape = Array.from({ length: MINUTES }, (_, minute) =>
    minute < SESSION_MINUTES ? intensityAt((minute + 0.5) / SESSION_MINUTES) / SESSION_MINUTES : 0,
  );
  return new Map(
    issues.map((issue, place) => {
      const profile = profiles[place] as (typeof profiles)[number];
      const tick = tickAt(tickTable(issue.market, date, issue.product), issue.basePrice);
      const levels = Math.max(1, Math.min(LEVELS, Math.floor((issue.basePrice * 0.01) / tick)));
      const closes = [issue.basePrice];
      // Backwards from today's base, so that the last close is the base itself.
      for (let day = DAYS - 1; day > 0; day -= 1) {
        const change = returns[day]?.[place] ?? 0;
        closes.push(Math.max(1, Math.round((closes.at(-1) ?? 1) / Math.max(0.5, 1 + change))));
      }
      const usual: UsualDay = {
        averageVolume: profile.dailyShares,
        minuteVolumes: shape.map((part) => Math.round(part * profile.dailyShares)),
        usualDepth: Math.round(2 * levels * MEAN_LEVEL * profile.levelShares),
        usualSpreadTicks: profile.spread,
        closes: closes.toReversed(),
      };
      return [issue.code, usual] as const;
    }),
  );
}
