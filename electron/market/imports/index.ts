/** Files in, daily bars out. */
export { guessMapping, headerKey } from './csv.ts';
export { runRecordImport, type RecordImport } from './run-records.ts';
export { runImport, type ImportRequest, type ImportWatch, type RecordRequest } from './run.ts';
export { serveImport, type ImportOrder } from './serve.ts';
export { ImportService, type ImportServiceParts, type ProgressListener } from './service.ts';
export type { SourceFile } from './source.ts';
export { UploadStore } from './upload.ts';
