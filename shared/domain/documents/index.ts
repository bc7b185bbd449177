/** The user's own documents: what the workstation keeps for them besides orders and records. One schema a kind. */
import { z } from 'zod';
import { Basket } from './basket.ts';
import { ChartSettings } from './chart.ts';
import { ColumnsDocument } from './columns.ts';
import { DetectorSettings } from './detectors.ts';
import { Drawings } from './drawings.ts';
import { Hotkeys } from './hotkeys.ts';
import { Notices } from './notices.ts';
import { Playbook } from './playbook.ts';
import { OrderPreset } from './preset.ts';
import { PriceAlert } from './price-alert.ts';
import { ScreenerDocument } from './screener.ts';
import { Watchlist } from './watchlist.ts';
import { Workspace } from './workspace.ts';

export * from './basket.ts';
export * from './chart.ts';
export * from './columns.ts';
export * from './detectors.ts';
export * from './drawings.ts';
export * from './hotkeys.ts';
export * from './notices.ts';
export * from './playbook.ts';
export * from './preset.ts';
export * from './price-alert.ts';
export * from './screener.ts';
export * from './watchlist.ts';
export * from './workspace.ts';

/** Schema of each kind's body. */
export const DOCUMENT_BODIES = {
  workspace: Workspace,
  watchlist: Watchlist,
  drawings: Drawings,
  chart: ChartSettings,
  preset: OrderPreset,
  hotkeys: Hotkeys,
  basket: Basket,
  columns: ColumnsDocument,
  screener: ScreenerDocument,
  alert: PriceAlert,
  notices: Notices,
  playbook: Playbook,
  detectors: DetectorSettings,
} as const;

export const DocumentKind = z.enum([
  'workspace',
  'watchlist',
  'drawings',
  'chart',
  'preset',
  'hotkeys',
  'basket',
  'columns',
  'screener',
  'alert',
  'notices',
  'playbook',
  'detectors',
]);
export type DocumentKind = z.infer<typeof DocumentKind>;
export type DocumentBody<Kind extends DocumentKind> = z.infer<(typeof DOCUMENT_BODIES)[Kind]>;

/** Version of the bodies' schemas; rises together with a step that upgrades older files where they are read (electron/storage/documents.ts). */
export const DOCUMENT_VERSION = 1;
/** Documents of one kind. */
export const DOCUMENTS_LIMIT = 5_000;
/** Characters of one document. */
export const DOCUMENT_SIZE_LIMIT = 1_000_000;

/** Names a document within its kind; drawings are named by their issue. */
export const DocumentId = z.string().regex(/^[A-Za-z0-9:._/-]{1,80}$/);

export const DocumentRef = z.strictObject({ kind: DocumentKind, id: DocumentId });
export type DocumentRef = z.infer<typeof DocumentRef>;

/** A document as it stands. */
export const StoredDocument = z.strictObject({
  kind: DocumentKind,
  id: DocumentId,
  /** Rises with each change; 0: it was removed. */
  revision: z.int().nonnegative(),
  /** null: it was removed. Checked by the schema of its kind wherever it is read. */
  body: z.unknown(),
});
export type StoredDocument = z.infer<typeof StoredDocument>;

/** A document that could not be shown, in words. */
export const DocumentProblem = z.strictObject({
  kind: DocumentKind,
  id: z.string(),
  code: z.string(),
  messageKo: z.string(),
  actionKo: z.string(),
});
export type DocumentProblem = z.infer<typeof DocumentProblem>;
