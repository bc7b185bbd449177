/** Paints all drawings of a chart in one primitive of its price pane. */
import type {
  IPanePrimitive,
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  PaneAttachedParameter,
} from 'lightweight-charts';
import type { Drawing } from '#shared/domain/index.ts';
import type { ChartTheme } from '../../../../theme/chart-theme.ts';
import { type Label, LABEL_HALF, type Plane, type Point, type Shape, shapeOf, type Words } from './geometry.ts';

/** What is to be painted now. */
export interface Painted {
  readonly drawings: readonly Drawing[];
  readonly selected: string | null;
  readonly draft: Pick<Drawing, 'tool' | 'anchors' | 'text' | 'colour' | 'width'> | null;
}

const AREA_STRENGTH = 0.1;
const BOX_STRENGTH = 0.92;
const FONT_SIZE = 11;
const HANDLE = 4;
const PAD = 4;

export class Sketch implements IPanePrimitive {
  readonly #plane: () => Plane | null;
  readonly #theme: () => ChartTheme;
  #painted: () => Painted = () => ({ drawings: [], selected: null, draft: null });
  #words: Words | null = null;
  #ask: () => void = () => undefined;
  readonly #widths = new Map<string, number>();

  constructor(of: { readonly plane: () => Plane | null; readonly theme: () => ChartTheme }) {
    this.#plane = of.plane;
    this.#theme = of.theme;
  }

  attached({ requestUpdate }: PaneAttachedParameter): void {
    this.#ask = requestUpdate;
  }

  detached(): void {
    this.#ask = () => undefined;
  }

  /** What is painted, asked at each frame. */
  use(painted: () => Painted, words: Omit<Words, 'widthOf'>): Words {
    this.#painted = painted;
    this.#words = { ...words, widthOf: (label) => this.#widthOf(label) };
    this.repaint();
    return this.#words;
  }

  repaint(): void {
    this.#ask();
  }

  /** Labels are measured once. */
  #widthOf(label: string): number {
    const known = this.#widths.get(label);
    if (known !== undefined) return known;
    const context = document.createElement('canvas').getContext('2d');
    if (!context) return 0;
    context.font = `${FONT_SIZE}px ${this.#theme().font}`;
    const width = context.measureText(label).width;
    if (this.#widths.size > 2_000) this.#widths.clear();
    this.#widths.set(label, width);
    return width;
  }

  readonly #renderer: IPrimitivePaneRenderer = {
    draw: (target) =>
      target.useMediaCoordinateSpace(({ context }) => {
        const plane = this.#plane();
        const words = this.#words;
        if (!plane || !words) return;
        const { drawings, selected, draft } = this.#painted();
        for (const drawing of drawings)
          this.#paint(context, shapeOf(drawing, plane, words), { ...drawing, held: drawing.id === selected });
        if (draft) this.#paint(context, shapeOf(draft, plane, words), { ...draft, held: true });
      }),
  };

  #paint(
    context: CanvasRenderingContext2D,
    shape: Shape,
    look: { readonly colour: number; readonly width: number; readonly held: boolean },
  ): void {
    const theme = this.#theme();
    const colour = theme.series[look.colour - 1] ?? theme.ink2;
    context.save();
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.globalAlpha = AREA_STRENGTH;
    for (const area of shape.areas) {
      trace(context, area);
      context.fill();
    }
    context.globalAlpha = 1;
    for (const { from, to, thin } of shape.segments) {
      context.lineWidth = thin ? 1 : look.width;
      context.setLineDash(thin ? [4, 3] : []);
      trace(context, [from, to]);
      context.stroke();
    }
    context.setLineDash([]);
    context.font = `${FONT_SIZE}px ${theme.font}`;
    context.textBaseline = 'middle';
    for (const label of shape.labels) this.#label(context, label, colour);
    if (look.held) {
      context.lineWidth = 1.5;
      context.strokeStyle = theme.ink1;
      context.fillStyle = theme.ground;
      for (const { x, y } of shape.handles) {
        context.beginPath();
        context.arc(x, y, HANDLE, 0, 2 * Math.PI);
        context.fill();
        context.stroke();
      }
    }
    context.restore();
  }

  #label(context: CanvasRenderingContext2D, { at, text, width, boxed }: Label, colour: string): void {
    const theme = this.#theme();
    if (boxed) {
      context.globalAlpha = BOX_STRENGTH;
      context.fillStyle = theme.label;
      context.fillRect(at.x - PAD, at.y - LABEL_HALF, width + 2 * PAD, 2 * LABEL_HALF);
      context.globalAlpha = 1;
    }
    context.fillStyle = boxed ? theme.ink1 : colour;
    context.fillText(text, at.x, at.y);
  }

  readonly #views = [{ zOrder: () => 'top' as const, renderer: () => this.#renderer }];

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#views;
  }
}

function trace(context: CanvasRenderingContext2D, [first, ...rest]: readonly Point[]): void {
  context.beginPath();
  if (first) context.moveTo(first.x, first.y);
  for (const { x, y } of rest) context.lineTo(x, y);
}
