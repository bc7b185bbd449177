/** Files that keep records: databases, the journal, daily bars, preferences. */
export * from './candles.ts';
export * from './canonical-json.ts';
export { openDatabase, type Database, type DatabaseRole, type OpenDatabaseOptions } from './database.ts';
export { DocumentStore } from './documents.ts';
export * from './journal.ts';
export * from './preferences.ts';
export { RECORD_KINDS, type RecordCoverage, type RecordedColumns, type RecordKind } from './recorded-days.ts';
export {
  MasterStore,
  type FoundSymbol,
  type KeptFault,
  type KeptMasterFile,
  type KeptMasterSymbol,
  type KeptRefusal,
} from './master-store.ts';
export { ThreatStore, type KeptRow, type KeptScore } from './threat-store.ts';
export { storageError } from './storage-error.ts';
export { readWhole, replaceFile, setAside } from './whole-file.ts';
