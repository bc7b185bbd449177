/** Rows of a sheet as a plain table: for sections in which a whole grid would be too much. */
import type { JSX } from 'react';
import type { SheetAnswer, SheetBlock } from '#shared/contract/index.ts';
import { useView } from '../../store/view.ts';
import { useText } from '../../text/index.ts';
import { cellText, isFigure, named, toneOf } from './cell.ts';

export function PlainTable(props: {
  readonly label: string;
  readonly block: SheetBlock;
  readonly answer: SheetAnswer['blocks'][number];
  readonly testId: string;
}): JSX.Element {
  const { block, answer, label } = props;
  const t = useText();
  const language = useView((state) => state.language);
  return (
    // Wider than its room: it is walked by the arrow keys.
    <div className="sheet-scroll" role="group" aria-label={label} tabIndex={0} data-testid={props.testId}>
      <table className="lgrid sheet-table">
        <thead>
          <tr>
            {block.columns.map((column, place) => (
              <th key={column.id} scope="col" className={isFigure(column) ? 'r' : ''}>
                {answer.heads?.[place] ?? named(column, language)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.rows.map(({ cells }, row) => (
            <tr key={row}>
              {block.columns.map((column, place) => {
                const cell = cells[place] ?? null;
                const text = cellText(column, cell, { t, language });
                return (
                  <td key={column.id} className={`${isFigure(column) ? 'r num' : ''} ${toneOf(column, cell)}`.trim()}>
                    {text}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
