/** The option board: calls at the left, strikes in the middle, puts at the right. */
import type { JSX } from 'react';
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { SheetAnswer, SheetColumn, SheetInfo } from '#shared/contract/index.ts';
import type { SheetCell } from '#shared/domain/index.ts';
import { nameOf } from '../../../store/instruments.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { UNKNOWN } from '../../../ui/format.ts';
import { cellText, named, toneOf } from '../../../ui/sheet/cell.ts';

/** What is shown of each side, from the strike outwards. */
const SHOWN = [
  'optn_prpr',
  'optn_prdy_vrss',
  'optn_bidp',
  'optn_askp',
  'acml_vol',
  'hts_otst_stpl_qty',
  'hts_ints_vltl',
  'delta_val',
  'gama',
  'theta',
  'vega',
] as const;
/** The figure that leads to the option's chart and ticket. */
const PRICE = 'optn_prpr';

/** An option of a strike. */
export interface Side {
  /** null: its code names no issue. */
  readonly issue: string | null;
  readonly cells: ReadonlyMap<string, SheetCell>;
}

export interface Rung {
  readonly strike: number;
  readonly call: Side | null;
  readonly put: Side | null;
}

function sides(
  columns: readonly SheetColumn[],
  rows: SheetAnswer['blocks'][number]['rows'],
): ReadonlyMap<number, Side> {
  const found = new Map<number, Side>();
  for (const { issue, cells } of rows) {
    const side = new Map(columns.map((column, place) => [column.id, cells[place] ?? null] as const));
    const strike = side.get('acpr');
    if (typeof strike === 'number') found.set(strike, { issue, cells: side });
  }
  return found;
}

/** Calls and puts of each strike, the highest first; a side that did not come is null. */
export function rungsOf(info: SheetInfo, answer: SheetAnswer): readonly Rung[] {
  const [calls = new Map<number, Side>(), puts = new Map<number, Side>()] = [0, 1].map((at) =>
    sides(info.blocks[at]?.columns ?? [], answer.blocks[at]?.rows ?? []),
  );
  return [...new Set([...calls.keys(), ...puts.keys()])]
    .sort((a, b) => b - a)
    .map((strike) => ({ strike, call: calls.get(strike) ?? null, put: puts.get(strike) ?? null }));
}

const atMoney = ({ call, put }: Rung): boolean =>
  [call, put].some((side) =>
    String(side?.cells.get('atm_cls_name') ?? '')
      .toUpperCase()
      .includes('ATM'),
  );

export function OptionBoard({
  info,
  answer,
  onIssue,
}: {
  readonly info: SheetInfo;
  readonly answer: SheetAnswer;
  readonly onIssue: (issue: string) => void;
}): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const rungs = useMemo(() => rungsOf(info, answer), [info, answer]);
  const room = useRef<HTMLDivElement>(null);
  // The strikes are what is looked for: both sides run away from them.
  useLayoutEffect(() => {
    const { current } = room;
    if (current) current.scrollLeft = (current.scrollWidth - current.clientWidth) / 2;
  }, [answer]);
  const columns = SHOWN.flatMap((id) => info.blocks[0]?.columns.find((column) => column.id === id) ?? []);
  const outwards = columns.toReversed();
  const cells = (side: Side | null, shown: readonly SheetColumn[], name: string): JSX.Element[] =>
    shown.map((column) => {
      const cell = side?.cells.get(column.id) ?? null;
      const shownText = cellText(column, cell, { t, language });
      const issue = column.id === PRICE ? (side?.issue ?? null) : null;
      return (
        <td key={`${name} ${column.id}`} className={`r num ${toneOf(column, cell)}`.trim()}>
          {issue === null ? (
            shownText
          ) : (
            <button
              type="button"
              className="lnk"
              aria-label={`${nameOf(issue)} ${shownText}`}
              title={nameOf(issue)}
              data-testid={`option-${issue}`}
              onClick={() => onIssue(issue)}
            >
              {shownText}
            </button>
          )}
        </td>
      );
    });
  const heads = (shown: readonly SheetColumn[], name: string): JSX.Element[] =>
    shown.map((column) => (
      <th key={`${name} ${column.id}`} scope="col" className="r">
        {named(column, language)}
      </th>
    ));
  return (
    <div
      ref={room}
      className="sheet-scroll grow"
      role="group"
      aria-label={named(info, language)}
      tabIndex={0}
      data-testid="option-board"
    >
      <table className="lgrid sheet-table options">
        <thead>
          <tr>
            <th scope="colgroup" colSpan={outwards.length} className="side">
              {t('sheet.calls')}
            </th>
            <th scope="col" className="strike">
              {t('sheet.strike')}
            </th>
            <th scope="colgroup" colSpan={columns.length} className="side">
              {t('sheet.puts')}
            </th>
          </tr>
          <tr>
            {heads(outwards, 'call')}
            <td className="strike" />
            {heads(columns, 'put')}
          </tr>
        </thead>
        <tbody>
          {rungs.map((rung) => (
            <tr key={rung.strike} className={atMoney(rung) ? 'atm' : ''}>
              {cells(rung.call, outwards, 'call')}
              <th scope="row" className="strike num">
                {Number.isFinite(rung.strike) ? rung.strike.toLocaleString('en-US') : UNKNOWN}
              </th>
              {cells(rung.put, columns, 'put')}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
