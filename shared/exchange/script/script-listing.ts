/** What the lines of a script say of its day, its issues and the kinds of its orders. */
import { isDerivativesExpiry, krxCalendar, orderKindOf, tradingUnit } from '../../market/index.ts';
import type { SessionDate } from '../../time/index.ts';
import { listedAfter } from '../floor/listed-after.ts';
import type { Command } from './script-lines.ts';
import { ScriptMistake } from './script-mistake.ts';
import { SCRIPT_DATE } from './script-tell.ts';
import { closedDay, daySchedule, isTradingDay, nxtSchedule } from '../sessions.ts';
import type { ExchangeOptions, ListedIssue, OrderEntry } from '../types.ts';

/** An instrument line as the listing of a day. */
export function issueOf(line: Command<'instrument'>, date: SessionDate): ListedIssue {
  const { instrument: code, market, base, lot, shares, product, upper, lower, actions } = line;
  const { nxt, newListing, halted, unlimited, multiple, viClass, singlePrice, firstPrice } = line;
  if ((upper === undefined) !== (lower === undefined)) throw new ScriptMistake('upper와 lower는 함께 적습니다.');
  const issue: ListedIssue = {
    ...{ code, market, product, nxt, newListing, halted, unlimited },
    basePrice: base,
    lotSize: lot ?? tradingUnit(product),
    listedShares: shares,
    ...(upper !== undefined && lower !== undefined ? { limits: { upper, lower, reason: 'script' } } : {}),
    ...(multiple === undefined ? {} : { multiple }),
    ...(viClass === undefined ? {} : { viClass }),
    ...(singlePrice === undefined ? {} : { singlePrice }),
    ...(firstPrice === undefined ? {} : { firstPrice }),
  };
  return actions.length === 0 ? issue : listedAfter(issue, { date, close: base, actions });
}

/** The exchange of a script. `byClock`: its clock moves, so that a VI can end; where it does not, there is none unless the script asks. */
export function optionsOf(
  issues: readonly ListedIssue[],
  day: Command<'date'> | undefined,
  { byClock }: { readonly byClock: boolean },
): ExchangeOptions {
  const { date = SCRIPT_DATE, seed = 1, vi = byClock, breakers = true, index = 'given', expiry } = day ?? {};
  const trades = isTradingDay(krxCalendar, date);
  const nxt = trades && issues.some((issue) => issue.nxt) ? nxtSchedule(krxCalendar, date) : null;
  return {
    ...{ date, issues, seed, vi, breakers, index },
    schedule: trades ? daySchedule(krxCalendar, date) : closedDay(krxCalendar, date),
    derivativesExpiry: expiry ?? (trades && isDerivativesExpiry(krxCalendar, date)),
    ...(nxt ? { nxtSchedule: nxt } : {}),
  };
}

/** Type, time in force and session, from a code or from their own words. */
export function kindOf(line: Command<'order'>): Pick<OrderEntry, 'type' | 'timeInForce' | 'session'> {
  const { ordDvsn, type, timeInForce, session } = line;
  if (ordDvsn === undefined) {
    return { type: type ?? 'limit', timeInForce: timeInForce ?? 'day', session: session ?? 'regular' };
  }
  if (type !== undefined || timeInForce !== undefined || session !== undefined)
    throw new ScriptMistake('ordDvsn을 적으면 type, timeInForce, session은 적지 않습니다.');
  const code = orderKindOf(ordDvsn);
  if (code === null) throw new ScriptMistake(`없는 주문구분입니다: ${ordDvsn}.`);
  return { type: code.type, timeInForce: code.timeInForce, session: code.session };
}
