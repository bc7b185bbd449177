/** Data area: uploads and imports. */
import type { Contract } from '#shared/contract/index.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import type { ImportService, UploadStore } from '#core/market/index.ts';

export interface DataServices {
  readonly imports: ImportService;
  readonly uploads: UploadStore;
}

export function dataHandlers({ imports, uploads }: DataServices): Handlers<Contract>['data'] {
  return {
    uploadBegin: async (file) => ({ uploadId: await uploads.begin(file) }),
    uploadChunk: async ({ uploadId, offset }, { bytes }) => ({
      received: await uploads.chunk(uploadId, offset, bytes),
    }),
    importKrxEod: ({ files }, { signal }) => imports.importKrxEod(files, signal),
    csvPreview: ({ file }) => imports.csvPreview(file),
    importCsv: ({ file, mapping }, { signal }) => imports.importCsv(file, mapping, signal),
    importRecords: ({ kind, files }, { signal }) => imports.importRecords(kind, files, signal),
    recordCoverage: () => [...imports.recordCoverage()],
    progress: (_input, sink) => imports.watch((progress) => sink.push(progress)),
    coverage: () => imports.coverage(),
  };
}
