/** The worker's side of the search: holds the index, so that no keystroke waits for the core nor the core for a keystroke. */
import type { MessagePort } from 'node:worker_threads';
import { MasterStore } from '#core/storage/index.ts';
import type { MasterProduct } from '#shared/domain/index.ts';
import { SymbolIndex, type IndexedSymbol } from './symbol-index.ts';
import { symbolsOf } from './symbols.ts';

/** What the worker is started with. */
export interface SearchOrder {
  readonly masters: 'search';
  readonly path: string;
}

/** What it hears. */
export type SearchWord =
  | { readonly say: 'reload' }
  | { readonly say: 'close' }
  | {
      readonly say: 'find';
      readonly ask: number;
      readonly query: string;
      readonly products: readonly MasterProduct[];
      readonly limit: number;
    };

/** What it answers. */
export interface SearchAnswer {
  readonly ask: number;
  readonly found: readonly IndexedSymbol[];
}

/** Answers until it is told to close. */
export function serveSearch(port: MessagePort, order: SearchOrder): void {
  const store = MasterStore.open(order.path);
  let index: SymbolIndex | null = null;
  port.on('message', (word: SearchWord) => {
    if (word.say === 'reload') {
      index = null;
      return;
    }
    if (word.say === 'close') {
      store.close();
      port.close();
      return;
    }
    index ??= new SymbolIndex(symbolsOf(store));
    const answer: SearchAnswer = { ask: word.ask, found: index.find(word.query, word.products, word.limit) };
    port.postMessage(answer);
  });
}
