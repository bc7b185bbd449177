/** Market area: what the hub of the environment in force knows of instruments, quotes, books, trades and candles. */
import type { Boards } from '#core/market/index.ts';
import type { Contract } from '#shared/contract/index.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import type { Front } from '../environments/front.ts';

export function marketHandlers(front: Front, boards: Boards): Handlers<Contract>['market'] {
  return {
    instruments: front.call(({ hub }) => ({ instruments: [...hub.instruments()], inMarket: [...hub.inMarket()] })),
    quotes: front.stream(({ hub }, { instrumentIds }, sink) =>
      hub.watchQuotes(instrumentIds, (quote) => sink.push(quote)),
    ),
    book: front.stream(({ hub }, wish, sink) => hub.watchBook(wish, (book) => sink.push(book))),
    board: front.stream(({ hub }, wish, sink) => boards.watch(hub, wish, sink)),
    boardHistory: front.call(({ hub }, wish) => boards.history(hub, wish)),
    state: front.stream(({ hub }, _input, sink) => hub.watchStates((state) => sink.push(state))),
    rules: front.call(({ hub }, { instrumentId, viClass }) => hub.rules(instrumentId, viClass)),
    tape: front.stream(({ hub }, { instrumentId }, sink) => hub.watchTape(instrumentId, (tape) => sink.push(tape))),
    candles: front.call(({ hub }, request, { signal }) => hub.fetchCandles(request, signal)),
    candle: front.stream(({ hub }, { instrumentId, interval }, sink) =>
      hub.watchCandle({ instrumentId, interval }, (candle) => sink.push(candle)),
    ),
  };
}
