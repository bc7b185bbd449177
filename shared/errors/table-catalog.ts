/** Error codes about tables: family, Korean sentence, next step. */
import { unavailable, type CatalogEntry } from './catalog-entry.ts';

export const TABLE_CATALOG = {
  EXPORT_FAILED: unavailable('파일을 만들지 못했습니다. {why}', '행을 줄여 다시 내보내거나 CSV로 내보내세요.'),
} as const satisfies Record<string, CatalogEntry>;
