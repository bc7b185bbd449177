/** The drawing tools of a chart: tool, colour, width, undo, and what is done to all drawings. */
import type { JSX } from 'react';
import {
  DRAWING_COLOURS,
  DRAWING_POINTS,
  DRAWING_TOOLS,
  DRAWING_WIDTH_LIMIT,
  type DrawingTool,
} from '#shared/domain/index.ts';
import { type TextKey, useText } from '../../../../text/index.ts';
import { MenuButton } from '../../../../ui/controls.tsx';
import { Icon } from '../../../../ui/icons.tsx';
import { TOOL_KEYS } from './hand.ts';
import type { DrawingsOf } from './use-drawings.ts';

/** Lines of the tools' pictures, on a square of 16. */
const PICTURES: Readonly<Record<DrawingTool, string>> = {
  trend: 'M3 13 13 3M3 13h.1M13 3h.1',
  horizontal: 'M1.5 8h13M5 8h.1',
  ray: 'M3 13 15 2M3 13h.1M8 8.4h.1',
  channel: 'M2 10 10 2M6 14l8-8',
  fibonacci: 'M2 3h12M2 7.2h12M2 9.6h12M2 13h12',
  text: 'M3.5 4V3h9v1M8 3v10M6.4 13h3.2',
  measure: 'M2.5 13.5v-11h11v11zM5 11l6-6M11 8.2V5H7.8',
};

const COLOURS = Array.from({ length: DRAWING_COLOURS }, (_, at) => at + 1);
const WIDTHS = Array.from({ length: DRAWING_WIDTH_LIMIT }, (_, at) => at + 1);

/** Key of a tool, as it is written. */
function keyOf(tool: DrawingTool): string {
  return (
    Object.entries(TOOL_KEYS)
      .find(([, each]) => each === tool)?.[0]
      .replace('Key', '') ?? ''
  );
}

export function ToolPicture({ tool }: { readonly tool: DrawingTool }): JSX.Element {
  return (
    <svg className="ic" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden="true">
      <path d={PICTURES[tool]} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

export function ToolMenu({
  drawings,
  onChosen,
}: {
  readonly drawings: DrawingsOf;
  /** A tool is in the hand: the chart takes the keys. */
  readonly onChosen: () => void;
}): JSX.Element {
  const t = useText();
  const { hand, state, sheet, kept } = drawings;
  const { selected } = hand;
  const colour = selected?.colour ?? state.colour;
  const width = selected?.width ?? state.width;
  const none = kept.drawings.length === 0;
  const plain = (key: TextKey, testId: string, run: () => void, disabled = false): JSX.Element => (
    <button type="button" className="btn sm" disabled={disabled} data-testid={testId} onClick={run}>
      {t(key)}
    </button>
  );
  return (
    <MenuButton
      className={state.tool === null ? 'btn icon ghost' : 'btn icon ghost on'}
      label={state.tool === null ? t('draw.tools') : t(`draw.tool.${state.tool}`)}
      testId="chart-draw"
      kind="form"
      face={<ToolPicture tool={state.tool ?? 'trend'} />}
    >
      {(close) => (
        <div className="draws">
          <div className="draws-tools" role="group" aria-label={t('draw.tools')}>
            {DRAWING_TOOLS.map((tool, at) => (
              <button
                key={tool}
                type="button"
                autoFocus={at === 0}
                className={state.tool === tool ? 'it on' : 'it'}
                aria-pressed={state.tool === tool}
                data-testid={`draw-${tool}`}
                onClick={() => {
                  close();
                  hand.choose(tool);
                  onChosen();
                }}
              >
                <ToolPicture tool={tool} />
                <span>{t(`draw.tool.${tool}`)}</span>
                <kbd className="end">{keyOf(tool)}</kbd>
              </button>
            ))}
          </div>
          <div className="row" role="radiogroup" aria-label={t('draw.colour')}>
            {COLOURS.map((n) => (
              <button
                key={n}
                type="button"
                role="radio"
                aria-checked={n === colour}
                aria-label={t('draw.colourOf', { n })}
                title={t('draw.colourOf', { n })}
                className={`sw k${n}`}
                data-testid={`draw-colour-${n}`}
                onClick={() => hand.look({ colour: n })}
              />
            ))}
          </div>
          <div className="row" role="radiogroup" aria-label={t('draw.width')}>
            {WIDTHS.map((n) => (
              <button
                key={n}
                type="button"
                role="radio"
                aria-checked={n === width}
                aria-label={t('draw.widthOf', { n })}
                title={t('draw.widthOf', { n })}
                className="sw w"
                data-testid={`draw-width-${n}`}
                onClick={() => hand.look({ width: n })}
              >
                <i style={{ height: n }} />
              </button>
            ))}
          </div>
          <div className="row wrap">
            {plain('draw.undo', 'draw-undo', () => sheet.undo(), !kept.canUndo)}
            {plain('draw.redo', 'draw-redo', () => sheet.redo(), !kept.canRedo)}
            {plain(kept.hidden ? 'draw.show' : 'draw.hide', 'draw-hide', () => sheet.hide(!kept.hidden), none)}
            {plain('draw.removeAll', 'draw-remove-all', () => sheet.clear(), none)}
          </div>
        </div>
      )}
    </MenuButton>
  );
}

/** What to do with the tool in the hand, and a way out of it. */
export function ToolHint({ drawings }: { readonly drawings: DrawingsOf }): JSX.Element | null {
  const t = useText();
  const { tool, points } = drawings.state;
  if (tool === null) return null;
  return (
    <div className="draw-hint" role="status" data-testid="draw-hint">
      <ToolPicture tool={tool} />
      {t('draw.hint', { tool: t(`draw.tool.${tool}`), points: DRAWING_POINTS[tool] - points.length })}
      <button
        type="button"
        className="ib"
        aria-label={t('common.cancel')}
        data-testid="draw-cancel"
        onClick={() => drawings.hand.choose(null)}
      >
        <Icon name="x" size="sm" />
      </button>
    </div>
  );
}
