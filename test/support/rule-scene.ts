/** A rule told as a scene: what is done on a real exchange, line by line, and what must come of it. */
import type { ExchangeEvent, ListedIssue, OrderEntry } from '#shared/exchange/index.ts';
import { orderKindOf } from '#shared/market/index.ts';
import { kstInstant, sessionDate, timeOfDayMs } from '#shared/time/index.ts';
import { DAY, line, listed, testExchange, type TestExchange } from '#test/support/exchange.ts';

/** One row of the table of rules. */
export interface RuleRow {
  /** Says the rule in a few words. */
  readonly name: string;
  /** Article, notice or data set, by the keys of the rules file: "R1 §23(5)". */
  readonly source: string;
  /** Throws or fails an expectation where the exchange does not keep the rule. */
  readonly check: () => void;
}

export interface Scene {
  readonly name: string;
  readonly source: string;
  readonly date?: string;
  readonly issue?: Partial<ListedIssue>;
  /** Other issues of the same day. */
  readonly also?: readonly Partial<ListedIssue>[];
  /** true: volatility interruptions. */
  readonly vi?: boolean;
  readonly breakers?: boolean;
  readonly expiry?: boolean;
  /** Index from the issues' own prices. */
  readonly ownIndex?: boolean;
  /** Kinds of event to look at; trades, refusals and cancels if absent. */
  readonly see?: readonly ExchangeEvent['kind'][];
  /**
   * `09:00:31` moves the clock · `buy 00 10 @70300 [NXT|SOR] [by 2] [stop 70500] [short] [program]` · `cancel 1 [5]` ·
   * `amend 1 @70400 [5] [as market]` · `halt [code]` · `resume [code]` · `index KOSPI -8` · `futures KOSPI200 5 [3]` ·
   * `phase continuous [NXT]` · `--` forgets what has happened so far.
   */
  readonly play: readonly string[];
  /** Events in the words of `line`, in order. */
  readonly events?: readonly string[];
  /** What the issue's figures say at the end. */
  readonly view?: Readonly<Record<string, unknown>>;
  /** Open orders at the end: "no open". */
  readonly open?: readonly string[];
}

const SEEN: readonly ExchangeEvent['kind'][] = ['trade', 'rejected', 'canceled'];

/** The exchange after a scene, and what it said since the last `--`. */
export function played(scene: Scene): { readonly test: TestExchange; readonly news: string[]; readonly code: string } {
  const date = scene.date === undefined ? DAY : sessionDate(scene.date);
  const first = listed({ code: '005930', ...scene.issue });
  const issues = [first, ...(scene.also ?? []).map((other) => listed(other))];
  const nxt = issues.some((issue) => issue.nxt === true) || scene.play.some((text) => / (NXT|SOR)\b/u.test(text));
  const test = testExchange({
    date,
    issues: nxt ? issues.map((issue) => ({ nxt: true, ...issue })) : issues,
    nxt,
    vi: scene.vi ?? false,
    breakers: scene.breakers ?? false,
    derivativesExpiry: scene.expiry ?? false,
    index: scene.ownIndex === true ? 'issues' : 'given',
  });
  let from = 0;
  for (const text of scene.play) {
    if (text === '--') from = test.events.length;
    else act(test, text, { date, code: first.code });
  }
  const seen = scene.see ?? SEEN;
  const news = test.events.slice(from).filter((event) => seen.includes(event.kind));
  return { test, news: news.map(line), code: first.code };
}

interface Setting {
  readonly date: ReturnType<typeof sessionDate>;
  readonly code: string;
}

function act(test: TestExchange, text: string, setting: Setting): void {
  const { exchange } = test;
  const [verb = '', ...words] = text.split(' ');
  const [first = '', second = '', third = ''] = words;
  if (/^\d\d:\d\d(:\d\d)?$/u.test(verb)) exchange.advanceTo(kstInstant(setting.date, timeOfDayMs(verb)));
  else if (verb === 'buy' || verb === 'sell') test.order(entryOf(verb, words, setting.code));
  else if (verb === 'cancel')
    exchange.cancel(ownerIn(words), Number(first), second === '' || second === 'by' ? undefined : Number(second));
  else if (verb === 'amend') amend(test, words);
  else if (verb === 'halt') exchange.halt({ code: first || setting.code, note: '공시' });
  else if (verb === 'resume') exchange.resume({ code: first || setting.code });
  else if (verb === 'index')
    exchange.setIndex({ market: first as 'KOSPI', changePpm: Math.round(Number(second) * 10_000) });
  else if (verb === 'futures') {
    const spot = third === '' ? {} : { spotChangePpm: Math.round(Number(third) * 10_000) };
    exchange.setFutures({ index: first as 'KOSPI200', changePpm: Math.round(Number(second) * 10_000), ...spot });
  } else if (verb === 'phase') exchange.setPhase(first as 'continuous', second === 'NXT' ? 'NXT' : 'KRX');
  else throw new Error(`a scene cannot "${text}"`);
}

/** The word after a word. */
function after(words: readonly string[], word: string): string | undefined {
  const at = words.indexOf(word);
  return at < 0 ? undefined : words[at + 1];
}

const ownerIn = (words: readonly string[]): number => Number(after(words, 'by') ?? 1);

function priceIn(words: readonly string[]): number | undefined {
  const price = words.find((word) => word.startsWith('@'));
  return price === undefined ? undefined : Number(price.slice(1));
}

function entryOf(side: 'buy' | 'sell', words: readonly string[], code: string): Partial<OrderEntry> {
  const kind = orderKindOf(words[0] ?? '');
  if (!kind) throw new Error(`no order code ${words[0] ?? ''}`);
  const { type, timeInForce, session } = kind;
  const stop = after(words, 'stop');
  return {
    owner: ownerIn(words),
    code: after(words, 'of') ?? code,
    side,
    type,
    timeInForce,
    session,
    quantity: Number(words[1]),
    price: priceIn(words) ?? 0,
    route: words.includes('NXT') ? 'NXT' : words.includes('SOR') ? 'SOR' : 'KRX',
    ...(stop === undefined ? {} : { stopPrice: Number(stop) }),
    ...(words.includes('short') ? { shortSale: true } : {}),
    ...(words.includes('program') ? { program: true } : {}),
  };
}

function amend({ exchange }: TestExchange, words: readonly string[]): void {
  const price = priceIn(words);
  const type = after(words, 'as');
  const quantity = words.slice(1).find((word) => /^\d+$/u.test(word) && after(words, 'by') !== word);
  exchange.replace(ownerIn(words), Number(words[0]), {
    ...(price === undefined ? {} : { price }),
    ...(quantity === undefined ? {} : { quantity: Number(quantity) }),
    ...(type === undefined ? {} : { type: type as 'market' }),
  });
}
