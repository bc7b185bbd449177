/** Documents area: the user's own files, the same for every window. */
import type { DocumentStore } from '#core/storage/index.ts';
import type { DocumentKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Contract } from '#shared/contract/index.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import { SIGNED_KINDS } from '../threats/playbook.ts';

export function documentsHandlers(store: DocumentStore): Handlers<Contract>['documents'] {
  return {
    follow: ({ kind, id }, sink) => {
      sink.snapshot(store.list(kind, id));
      return store.watch(kind, (document) => {
        if (id === null || document.id === id) sink.push(document);
      });
    },
    save: ({ body, ...ref }) => {
      assertOpen(ref.kind);
      return store.save(ref, body);
    },
    remove: (ref) => {
      assertOpen(ref.kind);
      return { removed: store.remove(ref) };
    },
    problems: () => [...store.problems()],
  };
}

/** What is signed has a door of its own, which checks and records it. Throws DOCUMENT_SIGNED. */
function assertOpen(kind: DocumentKind): void {
  if (SIGNED_KINDS.includes(kind)) throw new AppError('DOCUMENT_SIGNED', { kind });
}
