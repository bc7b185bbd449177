/** Documents area: the user's own files, the same for every window. */
import type { DocumentStore } from '#core/storage/index.ts';
import type { Contract } from '#shared/contract/index.ts';
import type { Handlers } from '#shared/rpc/index.ts';

export function documentsHandlers(store: DocumentStore): Handlers<Contract>['documents'] {
  return {
    follow: ({ kind, id }, sink) => {
      sink.snapshot(store.list(kind, id));
      return store.watch(kind, (document) => {
        if (id === null || document.id === id) sink.push(document);
      });
    },
    save: ({ body, ...ref }) => store.save(ref, body),
    remove: (ref) => ({ removed: store.remove(ref) }),
    problems: () => [...store.problems()],
  };
}
