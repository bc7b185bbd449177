/** The user's documents for the panels: read live. */
import { useCallback, useSyncExternalStore } from 'react';
import type { DocumentBody, DocumentKind } from '#shared/domain/index.ts';
import { useWorkstation } from './context.tsx';
import type { DocumentsOf } from './document-line.ts';

export type { DocumentsOf } from './document-line.ts';

/** All documents of a kind, live; null until the core has told them. */
export function useDocuments<Kind extends DocumentKind>(kind: Kind): DocumentsOf<Kind> {
  const { documents } = useWorkstation();
  const watch = useCallback((changed: () => void) => documents.watch(kind, null, changed), [documents, kind]);
  return useSyncExternalStore(watch, () => documents.list(kind));
}

/** One document, live; null where there is none, undefined until the core has said. */
export function useDocument<Kind extends DocumentKind>(kind: Kind, id: string): DocumentBody<Kind> | null | undefined {
  const { documents } = useWorkstation();
  const watch = useCallback((changed: () => void) => documents.watch(kind, id, changed), [documents, kind, id]);
  const bodies = useSyncExternalStore(watch, () => documents.list(kind, id));
  return bodies === null ? undefined : (bodies.get(id) ?? null);
}
