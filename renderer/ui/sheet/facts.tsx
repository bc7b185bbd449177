/** One record of a sheet: each name beside its value. */
import type { JSX } from 'react';
import type { SheetAnswer, SheetBlock } from '#shared/contract/index.ts';
import { useView } from '../../store/view.ts';
import { useText } from '../../text/index.ts';
import { cellText, isFigure, named, toneOf } from './cell.ts';

export function SheetFacts(props: {
  readonly block: SheetBlock;
  readonly rows: SheetAnswer['blocks'][number]['rows'];
  readonly testId: string;
}): JSX.Element | null {
  const { block, rows } = props;
  const t = useText();
  const language = useView((state) => state.language);
  const [row] = rows;
  if (!row) return null;
  return (
    <dl className="sheet-facts" data-testid={props.testId}>
      {block.columns.map((column, place) => {
        const cell = row.cells[place] ?? null;
        return (
          <div key={column.id}>
            <dt>{named(column, language)}</dt>
            <dd className={`${isFigure(column) ? 'num' : ''} ${toneOf(column, cell)}`.trim()}>
              {cellText(column, cell, { t, language })}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
