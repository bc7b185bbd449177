/** Market area: what the hub of the environment in force knows of instruments, quotes, books, trades and candles. */
import { findBond, findForeign, type Boards } from '#core/market/index.ts';
import type { MasterRoom } from '#core/masters/index.ts';
import type { Contract } from '#shared/contract/index.ts';
import { bondId, type Instrument } from '#shared/domain/index.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import type { Front } from '../environments/front.ts';
import type { Issues } from '../issues.ts';

export interface MarketRooms {
  readonly boards: Boards;
  /** With what the symbol masters say: an issue has its name in every environment. */
  readonly knownIssues: Issues;
  readonly masters: Pick<MasterRoom, 'searchIssues'>;
}

/** The bond whose standard code was typed in full; null for anything else. */
function bondOfCode(query: string): Instrument | null {
  const code = query.trim().toUpperCase();
  return (/^KR[0-9A-Z]{9}\d$/.test(code) ? findBond(bondId(code)) : undefined) ?? null;
}

export function marketHandlers(
  front: Front,
  { boards, knownIssues, masters }: MarketRooms,
): Handlers<Contract>['market'] {
  return {
    find: ({ instrumentIds }) => ({
      instruments: instrumentIds.flatMap(
        // The market in force may know more of a contract: its last day, its strike.
        (id) =>
          front.inForceOrNull?.hub.instrument(id) ?? knownIssues.find(id) ?? findForeign(id) ?? findBond(id) ?? [],
      ),
    }),
    rates: front.call(({ wonRates }) => ({ rates: [...(wonRates?.() ?? [])] })),
    search: async ({ query, limit }) => {
      const found = (await masters.searchIssues(query, limit)).flatMap((id) => knownIssues.find(id) ?? []);
      // A bond is known by its whole code though no master names it.
      const typed = bondOfCode(query);
      return { instruments: found.length === 0 && typed ? [typed] : found };
    },
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
