/** Market area: what the hub knows of instruments, quotes, books, trades and candles. */
import type { Contract } from '#shared/contract/index.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import type { MarketHub } from '#core/market/index.ts';

export function marketHandlers(hub: MarketHub): Handlers<Contract>['market'] {
  return {
    instruments: () => ({ instruments: [...hub.instruments()], inMarket: [...hub.inMarket()] }),
    quotes: ({ instrumentIds }, sink) => hub.watchQuotes(instrumentIds, (quote) => sink.push(quote)),
    book: (wish, sink) => hub.watchBook(wish, (book) => sink.push(book)),
    state: (_input, sink) => hub.watchStates((state) => sink.push(state)),
    rules: ({ instrumentId, viClass }) => hub.rules(instrumentId, viClass),
    tape: ({ instrumentId }, sink) => hub.watchTape(instrumentId, (tape) => sink.push(tape)),
    candles: (request) => hub.candles(request),
    candle: ({ instrumentId, interval }, sink) =>
      hub.watchCandle({ instrumentId, interval }, (candle) => sink.push(candle)),
  };
}
