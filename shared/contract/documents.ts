/** Documents area: the user's workspaces, watchlists, drawings and the like, kept as small files. */
import { z } from 'zod';
import { DocumentId, DocumentKind, DocumentProblem, DocumentRef, StoredDocument } from '../domain/index.ts';
import { area, method, stream } from '../rpc/define.ts';

export const documents = area({
  follow: stream({
    about: 'Documents of a kind, or the one with an id; then every change, whichever window made it.',
    input: z.strictObject({ kind: DocumentKind, id: DocumentId.nullable().default(null) }),
    item: StoredDocument,
    mode: 'every',
    snapshot: true,
  }),
  save: method({
    about:
      'Puts a document in the place of the one that was read: `revision` names that one (0: there was none). Refused where another window has changed it since.',
    input: z.strictObject({ ...DocumentRef.shape, revision: z.int().nonnegative(), body: z.unknown() }),
    output: StoredDocument,
    cancellable: false,
  }),
  remove: method({
    about: 'Removes a document that stands at `revision`.',
    input: z.strictObject({ ...DocumentRef.shape, revision: z.int().nonnegative() }),
    output: z.strictObject({ removed: z.boolean() }),
    cancellable: false,
  }),
  problems: method({
    about: 'Documents that could not be read: damaged ones were put aside, those of a newer version were left alone.',
    input: z.strictObject({}),
    output: z.array(DocumentProblem),
  }),
});
