/** Symbol masters (종목 마스터): the broker's files of every product, kept whole, searched, and turned into facts. */
export type { MasterBase, OpenWays } from './download.ts';
export { masterSpecs, specOf, specOfName, type MasterFileSpec } from './files.ts';
export type { MasterIssue } from './issue-facts.ts';
export { nextRun } from './nightly.ts';
export { MasterRoom, type MasterRoomParts, type UploadedFiles } from './room.ts';
export { withMasters } from './overlay.ts';
export { runMasterImport, type MasterImport, type MasterWatch } from './run.ts';
export { serveMasters, type MasterOrder } from './serve.ts';
