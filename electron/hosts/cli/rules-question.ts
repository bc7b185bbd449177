/** The question of `exchange rules`, read from its options: which issue, which moment. */
import listing from '#resources/krx/listing.json' with { type: 'json' };
import type { Contract } from '#shared/contract/index.ts';
import { codeOf, Market } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  DESIGNATIONS,
  FEE_CHANNELS,
  FIRST_PRICE_KINDS,
  isOnTick,
  krxCalendar,
  roundToTick,
  SINGLE_PRICE_REASONS,
  tickTable,
  VI_CLASSES,
  type Product,
  type RuleIssue,
  type RuleQuestion,
} from '#shared/market/index.ts';
import type { Client } from '#shared/rpc/index.ts';
import { isSessionDate, kstDate, kstInstant, timeOfDayMs, type SessionDate } from '#shared/time/index.ts';
import type { CommandContext } from './command.ts';
import { firstQuotes, idOf } from './commands/price.ts';
import type { Flags } from './flags.ts';

/** Highest base price and share count that are read. */
const HIGHEST_PRICE = 100_000_000;
const MOST_SHARES = 1_000_000_000_000;
const HIGHEST_MULTIPLE = 10;

/** given: from the options alone; core: from the listing of the data folder; bundled: from the listing that comes with the program. */
export type IssueSource = 'given' | 'core' | 'bundled';

/** The question, and where the facts of the issue come from. */
export interface AskedRules {
  readonly question: RuleQuestion;
  readonly issueFrom: IssueSource;
}

function bad(name: string, why: string): AppError {
  return new AppError('INPUT_INVALID', { where: `--${name}`, why });
}

/** One of some words, or null where the option was not given. */
function wordOf<Word extends string>(flags: Flags, name: string, words: readonly Word[]): Word | null {
  const text = flags.optional(name);
  if (text === null) return null;
  const word = words.find((each) => each === text);
  if (word === undefined) throw bad(name, `${words.join(', ')} 가운데 하나여야 합니다.`);
  return word;
}

function wholeOf(flags: Flags, name: string, range: { readonly from: number; readonly to: number }): number | null {
  const value = flags.optionalInteger(name);
  if (value !== null && (value < range.from || value > range.to)) {
    throw bad(name, `${range.from}에서 ${range.to} 사이여야 합니다.`);
  }
  return value;
}

function dateOf(text: string): SessionDate {
  if (!isSessionDate(text)) throw new AppError('DATE_INVALID', { date: text });
  return text;
}

/** "10:00", "10:00:30", or with the date before it: "2026-11-24T10:00", Korean time. */
function momentOf({ flags, world }: CommandContext): Pick<RuleQuestion, 'date' | 'at'> {
  const text = flags.text('at');
  const match = /^(?:(\d{4}-\d{2}-\d{2})T)?(\d{2}:\d{2}(?::\d{2})?)(?:\+09:00)?$/.exec(text);
  if (!match) throw bad('at', 'HH:MM, HH:MM:SS 또는 YYYY-MM-DDTHH:MM:SS로 한국 시간을 적으세요.');
  const [, day, time = ''] = match;
  const given = flags.optional('date');
  const within = day === undefined ? null : dateOf(day);
  const named = given === null ? null : dateOf(given);
  if (within !== null && named !== null && within !== named) throw bad('date', `--at의 날짜(${within})와 다릅니다.`);
  const date = within ?? named ?? kstDate(world.now());
  try {
    return { date, at: kstInstant(date, timeOfDayMs(time)) };
  } catch (error) {
    if (error instanceof RangeError) throw bad('at', `${time}은 하루 안의 시각이 아닙니다.`);
    throw error;
  }
}

/** What the listing says of the issue. */
type Listed = Pick<RuleIssue, 'nameKo' | 'market' | 'basePrice' | 'baseAsOf' | 'listedShares' | 'kospi200' | 'nxt'> & {
  readonly product: Product;
  readonly halted: boolean;
};

function fromBundle(code: string): Listed | null {
  const issue = listing.instruments.find((each) => each.code === code);
  if (!issue) return null;
  const { nameKo, basePrice, listedShares, suspended: halted } = issue;
  const market = Market.parse(issue.market);
  return {
    nameKo,
    market,
    basePrice,
    baseAsOf: listing.asOf,
    listedShares,
    kospi200: null,
    nxt: null,
    product: 'stock',
    halted,
  };
}

/** The listing of the data folder; the base of the running market where it plays that day. */
async function fromCore(
  client: Client<Contract>,
  code: string,
  ask: CommandContext & { readonly date: SessionDate },
): Promise<Listed | null> {
  const { instruments, inMarket } = await client.market.instruments({});
  const issue = instruments.find((each) => each.code === code);
  if (!issue) return null;
  if (issue.priceScale !== 0) throw new AppError('RULES_KRX_ONLY', { code });
  const { id, nameKo, market, listedShares, kospi200, nxt = null, product = 'stock', suspended: halted } = issue;
  const facts = { nameKo, market, listedShares, kospi200, nxt, product, halted };
  const quote = inMarket.includes(id) ? (await firstQuotes(client, [id], ask.world)).get(id) : undefined;
  if (quote?.sessionDate === ask.date) return { ...facts, basePrice: quote.base, baseAsOf: null };
  return { ...facts, basePrice: issue.basePrice, baseAsOf: issue.asOf };
}

/** The issue as listed, from the core where one opens, else from what comes with the program. */
async function listedOf(
  context: CommandContext,
  ask: { readonly code: string; readonly date: SessionDate },
): Promise<{ readonly listed: Listed; readonly from: IssueSource }> {
  const { code, date } = ask;
  let client: Client<Contract>;
  try {
    client = await context.core();
  } catch (error) {
    const listed = fromBundle(code);
    if (listed === null) throw error;
    return { listed, from: 'bundled' };
  }
  const listed = await fromCore(client, code, { ...context, date });
  if (listed === null) throw new AppError('INSTRUMENT_UNKNOWN', { code });
  return { listed, from: 'core' };
}

/** A base price must lie on the table of its day, where one is known. */
function checkBase(issue: RuleIssue, date: SessionDate): void {
  let table;
  try {
    table = tickTable(issue.market, date, issue.product ?? 'stock');
  } catch {
    return;
  }
  const { basePrice } = issue;
  if (isOnTick(table, basePrice)) return;
  const [below, above] = [roundToTick(table, basePrice, 'down'), roundToTick(table, basePrice, 'up')];
  throw bad('base', `호가 단위에 맞지 않습니다. ${below > 0 ? `${below}이나 ` : ''}${above}으로 적으세요.`);
}

const YES_NO = ['yes', 'no'] as const;
const PRODUCTS = ['stock', 'etp', 'elw'] as const;

/** Reads the options; asks the listing only for what they leave open. */
export async function askedRules(context: CommandContext): Promise<AskedRules> {
  const { flags } = context;
  const code = codeOf(idOf(flags.text('code')));
  const moment = momentOf(context);
  const market = wordOf(flags, 'market', Market.options);
  const base = wholeOf(flags, 'base', { from: 1, to: HIGHEST_PRICE });
  const shares = wholeOf(flags, 'shares', { from: 1, to: MOST_SHARES });
  const product = wordOf(flags, 'product', PRODUCTS);
  const nxt = wordOf(flags, 'nxt', YES_NO);
  const channel = wordOf(flags, 'channel', FEE_CHANNELS);
  const multiple = wholeOf(flags, 'multiple', { from: -HIGHEST_MULTIPLE, to: HIGHEST_MULTIPLE });
  if (multiple === 0) throw bad('multiple', '0은 배수가 아닙니다.');
  const options = {
    multiple: multiple ?? 1,
    viClass: wordOf(flags, 'class', VI_CLASSES),
    firstPrice: wordOf(flags, 'first-price', FIRST_PRICE_KINDS),
    singlePrice: wordOf(
      flags,
      'single-price',
      SINGLE_PRICE_REASONS.map(({ reason }) => reason),
    ),
    newListing: flags.has('new-listing'),
  };
  const designation = wordOf(flags, 'designation', DESIGNATIONS);
  const pure = market !== null && base !== null;
  const found = pure ? null : await listedOf(context, { code, date: moment.date });
  const listed = found?.listed;
  const issue: RuleIssue = {
    ...options,
    code,
    nameKo: listed?.nameKo ?? '',
    market: market ?? listed?.market ?? 'KOSPI',
    basePrice: base ?? listed?.basePrice ?? 1,
    baseAsOf: base === null ? (listed?.baseAsOf ?? null) : null,
    listedShares: shares ?? listed?.listedShares ?? null,
    product: product ?? listed?.product ?? 'stock',
    kospi200: listed?.kospi200 ?? null,
    nxt: nxt === null ? (listed?.nxt ?? null) : nxt === 'yes',
    halted: flags.has('halted') || listed?.halted === true,
    designations: designation === null ? [] : [designation],
  };
  if (base !== null) checkBase(issue, moment.date);
  const question = { issue, calendar: krxCalendar, ...moment, ...(channel === null ? {} : { channel }) };
  return { question, issueFrom: found?.from ?? 'given' };
}
