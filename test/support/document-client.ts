/** The core's documents for the screen's own parts, on a real folder but without a pipe. */
import { type DocumentStore } from '#core/storage/index.ts';
import type { DocumentKind } from '#shared/domain/index.ts';
import type { CoreClient } from '../../renderer/client/supervisor.ts';

type Listener = { readonly batch: (items: readonly unknown[], facts: { readonly snapshot: boolean }) => void };

/** A client of which only the documents answer. Windows that share a folder share a store. */
export function documentClient(store: DocumentStore): CoreClient {
  const follow = (
    input: { readonly kind: DocumentKind; readonly id?: string | null },
    listener: Listener,
  ): (() => void) => {
    const id = input.id ?? null;
    let open = true;
    queueMicrotask(() => {
      if (open) listener.batch(store.list(input.kind, id), { snapshot: true });
    });
    const stop = store.watch(input.kind, (document) => {
      if (id === null || document.id === id) queueMicrotask(() => listener.batch([document], { snapshot: false }));
    });
    return () => {
      open = false;
      stop();
    };
  };
  const documents = {
    follow,
    save: async (wish: never) =>
      Promise.resolve().then(() => store.save(wish, (wish as { readonly body: unknown }).body)),
    problems: () => Promise.resolve([...store.problems()]),
    remove: async (wish: never) => Promise.resolve().then(() => ({ removed: store.remove(wish) })),
  };
  return { documents } as never;
}
