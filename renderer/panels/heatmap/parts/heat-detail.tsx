/** What is known of the tile under the pointer or the keys. */
import type { JSX } from 'react';
import type { ScreenField } from '#shared/market/index.ts';
import type { BoardView } from '../../../client/board.ts';
import { useText } from '../../../text/index.ts';
import { ageText } from '../../../ui/board-age.ts';
import { fieldText, stateText } from '../../../ui/board-columns.ts';
import { direction, number, percent, signed, UNKNOWN } from '../../../ui/format.ts';
import type { Tile } from './layout.ts';

const LINES = ['open', 'high', 'low', 'value', 'cap', 'return20'] as const satisfies readonly ScreenField[];
/** The box, pixels; the same numbers stand in theme/board.css. */
const BOX = { width: 220, height: 190 } as const;

export function HeatDetail(props: {
  readonly row: BoardView;
  readonly tile: Tile;
  readonly plane: { readonly width: number; readonly height: number };
}): JSX.Element {
  const { row, tile, plane } = props;
  const t = useText();
  const right = tile.x1 + BOX.width + 8 <= plane.width;
  const left = right ? tile.x1 + 6 : Math.max(4, tile.x0 - BOX.width - 6);
  const top = Math.max(4, Math.min(tile.y0, plane.height - BOX.height - 4));
  const tone = direction(row.change);
  const notes = [stateText(t, row), ageText(t, row.asOf, row.flags)].filter((word) => word !== '').join(' · ');
  return (
    <div className="heatpop" style={{ left, top }} data-testid="heat-detail">
      <div>
        <b>{row.name}</b> <span className="mut num">{row.code}</span>
      </div>
      <div className={`num big ${tone}`}>
        {row.last === null ? UNKNOWN : number(row.last)}
        {row.change !== null && (
          <small>
            {signed(row.changeWon ?? 0)} · {percent(row.change)}
          </small>
        )}
      </div>
      <dl>
        {LINES.map((field) => (
          <div key={field}>
            <dt>{t(`field.${field}`)}</dt>
            <dd className="num">{fieldText(field, row[field])}</dd>
          </div>
        ))}
      </dl>
      {notes !== '' && <div className="mut">{notes}</div>}
    </div>
  );
}
