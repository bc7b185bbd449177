/** One page of a list, and the context that asks for the next. */
import type { Call, Reply } from './ground.ts';
import type { Row } from './shape.ts';

/** Widths of the context fields. @source protocol.md §5 */
export type ContextWidth = 50 | 100 | 200;

/** Cuts the page of a call out of a list. `keyOf` names a row for good, so that new rows in front move nothing. */
export function pageOf<T extends Row>(
  call: Call,
  list: {
    readonly rows: readonly T[];
    readonly size: number;
    readonly width: ContextWidth;
    readonly keyOf: (row: T) => string;
    /** What the server echoes of the question: "12345678^01^". */
    readonly echo: string;
  },
): { readonly rows: readonly T[]; readonly top: Record<string, string>; readonly trCont: string } {
  const { rows, size, width, keyOf, echo } = list;
  const after = call.next ? call.params.text(`CTX_AREA_NK${width}`) : '';
  const place = after === '' ? 0 : rows.findIndex((row) => keyOf(row) === after) + 1;
  const page = rows.slice(place, place + size);
  const more = place + size < rows.length;
  const last = page.at(-1);
  return {
    rows: page,
    top: {
      [`ctx_area_fk${width}`]: echo.padEnd(width),
      [`ctx_area_nk${width}`]: (more && last ? keyOf(last) : '').padEnd(width),
    },
    trCont: more ? (place === 0 ? 'F' : 'M') : place === 0 ? 'D' : 'E',
  };
}

/** The query's values as the context echoes them. */
export function echoOf(call: Call, names: readonly string[]): string {
  return names.map((name) => `${call.params.text(name)}^`).join('');
}

/** Success of an account inquiry. @source samples */
export const ASKED = ['KIOK0510', '조회가 완료되었습니다'] as const satisfies Reply['said'];
