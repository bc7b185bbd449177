/** The price step of an issue at another price than its present one. */
import { TICK_TABLES_FROM, tickAt, tickTable, type TickTable } from '../../../market/index.ts';
import { epochMs, kstDate } from '../../../time/index.ts';
import type { IssueEvent } from '../../events.ts';

/** What is known of an issue's price step: `tick` at its present price, won. */
interface Stepped {
  readonly tick: number;
  readonly issue: Pick<IssueEvent, 'market' | 'ts'>;
}

/** By the event that told of the issue: it is asked for at every book. */
const TABLES = new WeakMap<Stepped['issue'], TickTable | null>();

/** The table of stocks on an issue's day; null where none is known. */
function tableOf(issue: Stepped['issue']): TickTable | null {
  const known = TABLES.get(issue);
  if (known !== undefined) return known;
  const date = kstDate(epochMs(issue.ts));
  const table = date < TICK_TABLES_FROM ? null : tickTable(issue.market, date);
  TABLES.set(issue, table);
  return table;
}

/** The step at `price` of an issue whose present price is about `now`, won: by the table of stocks where it has its steps. */
export function stepAt(price: number, now: number, { tick, issue }: Stepped): number {
  const table = tableOf(issue);
  if (!table) return tick;
  const step = tickAt(table, price);
  // A fund has other steps than a stock at the same price.
  return step === tick || tickAt(table, now) === tick ? step : tick;
}
