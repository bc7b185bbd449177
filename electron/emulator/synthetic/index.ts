/** Answers, records and files for whatever the exchange does not serve, made from the catalogue's types. Pure functions. */
export {
  SYNTHETIC_HEADER,
  syntheticAnswer,
  syntheticReply,
  type SyntheticAnswer,
  type SyntheticQuestion,
  type SyntheticReply,
} from './answer.ts';
export { synthetic } from './otherwise.ts';
export { syntheticRecord, type SyntheticTick } from './record.ts';
export { masterFile, masterFileNames, masterFileOf } from './masters/master-file.ts';
export type { MasterRow } from './masters/master-rows.ts';
