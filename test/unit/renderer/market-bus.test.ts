/** The market bus opens as few streams as the watched keys need, and closes them again. */
import { describe, expect, it } from 'vitest';
import type { OrderBook, Quote } from '#shared/domain/index.ts';
import type { StreamListener } from '#shared/rpc/index.ts';
import { MarketBus, QUOTE_STREAMS, QUOTES_PER_STREAM } from '../../../renderer/client/market-bus.ts';
import type { CoreClient } from '../../../renderer/client/supervisor.ts';

interface Opened<Item> {
  readonly input: { readonly instrumentIds?: readonly string[]; readonly instrumentId?: string };
  readonly listener: StreamListener<Item>;
  open: boolean;
}

function fakeCore(): {
  readonly client: CoreClient;
  readonly quotes: Opened<Quote>[];
  readonly books: Opened<OrderBook>[];
} {
  const quotes: Opened<Quote>[] = [];
  const books: Opened<OrderBook>[] = [];
  const opener =
    <Item>(list: Opened<Item>[]) =>
    (input: Opened<Item>['input'], listener: StreamListener<Item>) => {
      const opened: Opened<Item> = { input, listener, open: true };
      list.push(opened);
      return () => {
        opened.open = false;
      };
    };
  const market = { quotes: opener(quotes), book: opener(books), tape: opener([]) };
  return { client: { market } as unknown as CoreClient, quotes, books };
}

const settle = (): Promise<void> => Promise.resolve();
const quoteOf = (instrumentId: string, last: number): Quote => ({ instrumentId, last, base: 50_000 }) as Quote;
const live = (list: readonly Opened<Quote>[]): readonly Opened<Quote>[] => list.filter((entry) => entry.open);

describe('quotes', () => {
  it('share one stream, opened once for all cells of a render', async () => {
    const core = fakeCore();
    const bus = new MarketBus();
    bus.attach(core.client);
    await settle();
    for (const id of ['KRX:B', 'KRX:A', 'KRX:A']) bus.watchQuote(id, () => undefined);
    await settle();
    expect(live(core.quotes).map((entry) => entry.input.instrumentIds)).toEqual([['KRX:A', 'KRX:B']]);
  });

  it('tell a listener once a batch, and only for its issue', async () => {
    const core = fakeCore();
    const bus = new MarketBus();
    bus.attach(core.client);
    let told = 0;
    let other = 0;
    bus.watchQuote('KRX:A', () => (told += 1));
    bus.watchQuote('KRX:B', () => (other += 1));
    await settle();
    live(core.quotes)[0]?.listener.batch([quoteOf('KRX:A', 1), quoteOf('KRX:A', 2)], { snapshot: false, seq: 2 });
    expect(told).toBe(1);
    expect(other).toBe(0);
    expect(bus.quote('KRX:A')?.last).toBe(2);
  });

  it('follow what is watched, without a moment between two streams', async () => {
    const core = fakeCore();
    const bus = new MarketBus();
    bus.attach(core.client);
    const leave = bus.watchQuote('KRX:A', () => undefined);
    await settle();
    bus.watchQuote('KRX:B', () => undefined);
    await settle();
    expect(live(core.quotes).map((entry) => entry.input.instrumentIds)).toEqual([['KRX:A', 'KRX:B']]);
    leave();
    await settle();
    expect(live(core.quotes).map((entry) => entry.input.instrumentIds)).toEqual([['KRX:B']]);
  });

  it('never ask for more than the contract takes', async () => {
    const core = fakeCore();
    const bus = new MarketBus();
    bus.attach(core.client);
    for (let i = 0; i < QUOTES_PER_STREAM * (QUOTE_STREAMS + 2); i += 1)
      bus.watchQuote(`KRX:${String(i).padStart(6, '0')}`, () => undefined);
    await settle();
    expect(live(core.quotes)).toHaveLength(QUOTE_STREAMS);
    for (const entry of core.quotes) expect(entry.input.instrumentIds?.length).toBeLessThanOrEqual(QUOTES_PER_STREAM);
  });

  it('keep last values while the line is down and are watched again afterwards', async () => {
    const [before, after] = [fakeCore(), fakeCore()];
    const bus = new MarketBus();
    bus.attach(before.client);
    bus.watchQuote('KRX:A', () => undefined);
    await settle();
    live(before.quotes)[0]?.listener.batch([quoteOf('KRX:A', 7)], { snapshot: false, seq: 1 });
    bus.detach();
    expect(live(before.quotes)).toHaveLength(0);
    expect(bus.quote('KRX:A')?.last).toBe(7);
    bus.attach(after.client);
    await settle();
    expect(live(after.quotes)).toHaveLength(1);
  });

  it('of another market are forgotten', async () => {
    const core = fakeCore();
    const bus = new MarketBus();
    bus.attach(core.client);
    let told = 0;
    bus.watchQuote('KRX:A', () => (told += 1));
    await settle();
    live(core.quotes)[0]?.listener.batch([quoteOf('KRX:A', 7)], { snapshot: false, seq: 1 });
    bus.clear();
    expect(bus.quote('KRX:A')).toBeUndefined();
    expect(told).toBe(2);
  });
});

describe('books', () => {
  it('open with the first listener and close after the last', () => {
    const core = fakeCore();
    const bus = new MarketBus();
    bus.attach(core.client);
    const first = bus.watchBook('KRX:A', () => undefined);
    const second = bus.watchBook('KRX:A', () => undefined);
    expect(core.books).toHaveLength(1);
    core.books[0]?.listener.batch([{ instrumentId: 'KRX:A' } as OrderBook], { snapshot: false, seq: 1 });
    expect(bus.book('KRX:A')).toBeDefined();
    first();
    expect(core.books[0]?.open).toBe(true);
    second();
    expect(core.books[0]?.open).toBe(false);
    expect(bus.book('KRX:A')).toBeUndefined();
  });
});
