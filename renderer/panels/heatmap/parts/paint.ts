/** Paints the heat map on its canvas in the colours of the theme in force. */
import { GROUP_HEAD, heatStep, HEAT_STEPS, type MapLayout } from './layout.ts';

export interface HeatTheme {
  /** By step from −HEAT_STEPS to HEAT_STEPS. */
  readonly steps: readonly string[];
  /** Ink on a step. */
  readonly inks: readonly string[];
  readonly ground: string;
  readonly head: string;
  readonly focus: string;
  readonly focusGap: string;
  readonly old: string;
  readonly font: string;
}

const STRENGTHS = ['var(--heat1)', 'var(--heat2)', 'var(--heat3)', '100%'];

/** Reads the tokens of the heat map once per theme. */
export function readHeatTheme(): HeatTheme {
  const probe = document.createElement('i');
  document.body.append(probe);
  const colour = (value: string): string => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const side = (fill: string): string[] =>
    STRENGTHS.map((part) => colour(`color-mix(in oklab, var(${fill}) ${part}, var(--s4))`));
  const [light, strong] = [colour('var(--ink1)'), colour('var(--on-fill)')];
  const inkOf = (step: number): string => (Math.abs(step) >= 3 ? strong : light);
  const theme: HeatTheme = {
    steps: [...side('--down-fill').toReversed(), colour('var(--s4)'), ...side('--up-fill')],
    inks: Array.from({ length: HEAT_STEPS * 2 + 1 }, (_, at) => inkOf(at - HEAT_STEPS)),
    ground: colour('var(--s1)'),
    head: colour('var(--ink2)'),
    focus: colour('var(--focus)'),
    focusGap: colour('var(--focus-gap)'),
    old: colour('var(--ink4)'),
    font: getComputedStyle(document.body).fontFamily,
  };
  probe.remove();
  return theme;
}

/** What is written and coloured for one row. */
export interface HeatCell {
  readonly name: string;
  readonly figure: number | null;
  readonly text: string;
  /** true: the figures stand since some time. */
  readonly old: boolean;
}

export interface HeatScene {
  readonly layout: MapLayout;
  readonly cellOf: (place: number) => HeatCell | null;
  readonly groupText: (group: string) => string;
  /** The figure that has the strongest colour. */
  readonly full: number;
  readonly selected: number | null;
  readonly walked: number | null;
}

const NAME_WIDTH = 40;
const NAME_HEIGHT = 16;
const FIGURE_HEIGHT = 32;

/** The longest beginning of a text that fits; "" where not even two letters do. */
function fitted(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  for (let length = text.length - 1; length >= 2; length -= 1) {
    const cut = `${text.slice(0, length)}…`;
    if (context.measureText(cut).width <= width) return cut;
  }
  return '';
}

function ring(
  context: CanvasRenderingContext2D,
  theme: HeatTheme,
  box: { x0: number; y0: number; x1: number; y1: number },
): void {
  const [width, height] = [box.x1 - box.x0, box.y1 - box.y0];
  context.strokeStyle = theme.focusGap;
  context.lineWidth = 4;
  context.strokeRect(box.x0 + 1, box.y0 + 1, width - 2, height - 2);
  context.strokeStyle = theme.focus;
  context.lineWidth = 2;
  context.strokeRect(box.x0 + 1, box.y0 + 1, width - 2, height - 2);
}

/** Draws all of it; some 2,700 tiles take a few milliseconds. */
export function paintMap(canvas: HTMLCanvasElement, theme: HeatTheme, scene: HeatScene): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = globalThis.devicePixelRatio;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = theme.ground;
  context.fillRect(0, 0, canvas.width / ratio, canvas.height / ratio);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.font = `700 11px ${theme.font}`;
  for (const box of scene.layout.groups) {
    if (!box.named) continue;
    context.fillStyle = theme.head;
    context.fillText(
      fitted(context, scene.groupText(box.group), box.x1 - box.x0 - 8),
      box.x0 + 4,
      box.y0 + GROUP_HEAD / 2,
    );
  }
  context.textAlign = 'center';
  for (const tile of scene.layout.tiles) {
    const cell = scene.cellOf(tile.place);
    if (!cell) continue;
    const step = heatStep(cell.figure, scene.full) + HEAT_STEPS;
    const [width, height] = [tile.x1 - tile.x0, tile.y1 - tile.y0];
    context.fillStyle = theme.steps[step] ?? theme.ground;
    context.fillRect(tile.x0, tile.y0, width, height);
    if (cell.old) {
      // A corner that does not depend on colour.
      context.fillStyle = theme.old;
      context.fillRect(tile.x0, tile.y1 - 2, width, 2);
    }
    if (width < NAME_WIDTH || height < NAME_HEIGHT) continue;
    const size = Math.max(11, Math.min(22, Math.floor(Math.min(width / 6, height / 4))));
    context.fillStyle = theme.inks[step] ?? theme.head;
    context.font = `${size > 12 ? 700 : 400} ${size}px ${theme.font}`;
    const name = fitted(context, cell.name, width - 6);
    const two = height >= FIGURE_HEIGHT;
    const middle = (tile.x0 + tile.x1) / 2;
    const y = (tile.y0 + tile.y1) / 2 - (two ? size * 0.6 : 0);
    if (name !== '') context.fillText(name, middle, y);
    if (!two) continue;
    const small = Math.max(11, Math.round(size * 0.7));
    context.font = `400 ${small}px ${theme.font}`;
    if (context.measureText(cell.text).width <= width - 4)
      context.fillText(cell.text, middle, y + size * 0.6 + small * 0.8);
  }
  for (const tile of scene.layout.tiles)
    if (tile.place === scene.selected || tile.place === scene.walked) ring(context, theme, tile);
}
