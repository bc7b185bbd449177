/** How the user has arranged a table: its columns and filters, as the grid writes them. */
import { z } from 'zod';

export const ColumnsDocument = z.strictObject({
  columns: z
    .array(
      z.strictObject({
        colId: z.string().max(60),
        width: z.number().positive().max(4_000).nullable(),
        hide: z.boolean(),
        sort: z.enum(['asc', 'desc']).nullable(),
        sortIndex: z.int().nullable(),
        pinned: z.enum(['left', 'right']).nullable(),
      }),
    )
    .max(200),
  filters: z.record(z.string().max(60), z.unknown()),
});
export type ColumnsDocument = z.infer<typeof ColumnsDocument>;
