/** The drawing hand: a tool in it, points being set, what is selected and dragged. Knows pixels only through a plane, and nothing of React. */
import { type Anchor, type Drawing, DRAWING_POINTS, DRAWINGS_LIMIT, type DrawingTool } from '#shared/domain/index.ts';
import {
  anchorAt,
  dragged,
  hitOf,
  type Part,
  type Plane,
  type Point,
  shapeOf,
  shifted,
  type Words,
} from './geometry.ts';
import type { Step } from './steps.ts';

/** How near a press has to be, pixels. */
export const REACH = 5;
/** A press that moves farther than this before it ends is a drag, pixels. */
const DRAG_FROM = 6;
/** Bars or ticks of a step with Shift. */
const LONG_STEP = 10;

export interface HandState {
  readonly tool: DrawingTool | null;
  /** Points set of the drawing that is being made. */
  readonly points: readonly Anchor[];
  readonly selected: string | null;
  /** The drawing under the hand as it stands now. */
  readonly moved: Drawing | null;
  /** A text being written: where, and of which drawing; null of a new one. */
  readonly writing: { readonly anchor: Anchor; readonly id: string | null } | null;
  /** Of the next drawing. */
  readonly colour: number;
  readonly width: number;
}

/** What the hand works with; read anew at each act. */
export interface HandParts {
  /** null while there is nothing to draw on. */
  readonly plane: () => Plane | null;
  readonly words: () => Words;
  /** Those that are shown, the last on top. */
  readonly drawings: () => readonly Drawing[];
  /** A price some ticks away. */
  readonly priceStep: (price: number, ticks: number) => number;
  readonly newId: () => string;
  readonly act: (step: Step) => void;
  readonly full: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** The keyboard's cross moved; null: it is gone. */
  readonly pointTo: (anchor: Anchor | null) => void;
}

export interface HandKey {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Keys of the tools, by their place on the keyboard. */
export const TOOL_KEYS: Readonly<Record<string, DrawingTool>> = {
  KeyT: 'trend',
  KeyH: 'horizontal',
  KeyR: 'ray',
  KeyC: 'channel',
  KeyF: 'fibonacci',
  KeyX: 'text',
  KeyM: 'measure',
};

const ARROWS: Readonly<Record<string, { readonly bars: number; readonly ticks: number }>> = {
  ArrowLeft: { bars: -1, ticks: 0 },
  ArrowRight: { bars: 1, ticks: 0 },
  ArrowUp: { bars: 0, ticks: 1 },
  ArrowDown: { bars: 0, ticks: -1 },
};

const EMPTY: HandState = {
  tool: null,
  points: [],
  selected: null,
  moved: null,
  writing: null,
  colour: 1,
  width: 2,
};

export class Hand {
  readonly #parts: HandParts;
  readonly #listeners = new Set<() => void>();
  #state: HandState = EMPTY;
  /** Where the pointer, or the keyboard's cross, is. */
  #at: Anchor | null = null;
  #drag: { readonly part: Part; readonly from: Point; readonly drawing: Drawing } | null = null;
  #pressed: Point | null = null;

  constructor(parts: HandParts) {
    this.#parts = parts;
  }

  readonly state = (): HandState => this.#state;

  readonly watch = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #set(change: Partial<HandState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  get at(): Anchor | null {
    return this.#at;
  }

  /** true: the pointer belongs to the hand. */
  get busy(): boolean {
    return this.#state.tool !== null || this.#drag !== null;
  }

  /** What is being made, with the pointer as its next point; null while nothing is. */
  draft(): Pick<Drawing, 'tool' | 'anchors' | 'text' | 'colour' | 'width'> | null {
    const { tool, points, colour, width } = this.#state;
    if (tool === null || (points.length === 0 && (tool !== 'horizontal' || !this.#at))) return null;
    return { tool, anchors: this.#at ? [...points, this.#at] : [...points], text: '', colour, width };
  }

  /** The drawings as they are to be shown now. */
  shown(): readonly Drawing[] {
    const { moved } = this.#state;
    const all = this.#parts.drawings();
    return moved ? all.map((each) => (each.id === moved.id ? moved : each)) : all;
  }

  get selected(): Drawing | null {
    return this.#parts.drawings().find((each) => each.id === this.#state.selected) ?? null;
  }

  choose(tool: DrawingTool | null): void {
    this.#drag = null;
    this.#set({ tool, points: [], moved: null, writing: null, selected: tool === null ? this.#state.selected : null });
  }

  /** The topmost drawing under a pixel. */
  over(point: Point): { readonly drawing: Drawing; readonly part: Part } | null {
    const plane = this.#parts.plane();
    if (!plane) return null;
    const words = this.#parts.words();
    for (const drawing of this.#parts.drawings().toReversed()) {
      const part = hitOf(shapeOf(drawing, plane, words), point, REACH);
      if (part !== null) return { drawing, part };
    }
    return null;
  }

  /** A press; true: it was meant for the hand. */
  press(point: Point): boolean {
    const plane = this.#parts.plane();
    if (!plane) return false;
    this.#pressed = point;
    if (this.#state.tool !== null) {
      this.#place(anchorAt(point, plane));
      return true;
    }
    const hit = this.over(point);
    if (!hit) {
      if (this.#state.selected !== null) this.#set({ selected: null });
      return false;
    }
    this.#drag = hit.drawing.locked ? null : { ...hit, from: point };
    this.#set({ selected: hit.drawing.id });
    return true;
  }

  move(point: Point): void {
    const plane = this.#parts.plane();
    if (!plane) return;
    this.#at = anchorAt(point, plane);
    if (this.#drag) this.#set({ moved: dragged(this.#drag.drawing, { ...this.#drag, to: point }, plane) });
    else if (this.#state.tool !== null) this.#set({});
  }

  release(point: Point): void {
    const plane = this.#parts.plane();
    const far = this.#pressed !== null && Math.hypot(point.x - this.#pressed.x, point.y - this.#pressed.y) > DRAG_FROM;
    this.#pressed = null;
    if (this.#drag) {
      const { drawing } = this.#drag;
      const { moved } = this.#state;
      this.#drag = null;
      this.#set({ moved: null });
      if (moved && JSON.stringify(moved.anchors) !== JSON.stringify(drawing.anchors)) this.#change(drawing, moved);
      return;
    }
    // Drawn in one stroke: where it ends is the second point.
    if (plane && far && this.#state.tool !== null && this.#state.points.length === 1)
      this.#place(anchorAt(point, plane));
  }

  /** The pointer has left the chart. */
  leave(): void {
    this.#at = null;
    if (this.#state.tool !== null) this.#set({});
  }

  #place(anchor: Anchor): void {
    const { tool, points } = this.#state;
    if (tool === null) return;
    const anchors = [...points, anchor];
    if (anchors.length < DRAWING_POINTS[tool]) {
      this.#set({ points: anchors });
      return;
    }
    if (tool === 'text') {
      this.#set({ tool: null, points: [], writing: { anchor, id: null } });
      return;
    }
    this.#draw(tool, anchors, '');
  }

  #draw(tool: DrawingTool, anchors: Anchor[], text: string): void {
    if (this.#parts.drawings().length >= DRAWINGS_LIMIT) {
      this.choose(null);
      this.#parts.full();
      return;
    }
    const { colour, width } = this.#state;
    const drawing: Drawing = { id: this.#parts.newId(), tool, anchors, text, colour, width, locked: false };
    this.#parts.act([{ id: drawing.id, before: null, after: drawing }]);
    this.#set({ tool: null, points: [], writing: null, selected: drawing.id });
  }

  #change(before: Drawing, after: Drawing): void {
    this.#parts.act([{ id: before.id, before, after }]);
  }

  /** Ends the writing of a text; null, or nothing written, leaves all as it was. */
  write(text: string | null): void {
    const { writing } = this.#state;
    if (!writing) return;
    this.#set({ writing: null });
    const said = text?.trim() ?? '';
    if (said === '') return;
    const drawing = this.#parts.drawings().find((each) => each.id === writing.id);
    if (drawing) this.#change(drawing, { ...drawing, text: said });
    else if (writing.id === null) this.#draw('text', [writing.anchor], said);
  }

  /** Begins to write a text anew; true: there was one. */
  edit(drawing: Drawing | null): boolean {
    const [anchor] = drawing?.anchors ?? [];
    if (drawing?.tool !== 'text' || drawing.locked || !anchor) return false;
    this.#drag = null;
    this.#set({ moved: null, writing: { anchor, id: drawing.id } });
    return true;
  }

  /** Colour or width of the selected drawing, and of those to come. */
  look(change: { readonly colour?: number; readonly width?: number }): void {
    this.#set(change);
    const { selected } = this;
    if (selected && !selected.locked) this.#change(selected, { ...selected, ...change });
  }

  lock(drawing: Drawing): void {
    this.#change(drawing, { ...drawing, locked: !drawing.locked });
  }

  /** true: it was there and not locked. */
  remove(drawing: Drawing | null): boolean {
    if (!drawing || drawing.locked) return false;
    this.#drag = null;
    this.#set({ selected: null, moved: null });
    this.#parts.act([{ id: drawing.id, before: drawing, after: null }]);
    return true;
  }

  /** Gives up what is being done, else what is selected; true: there was something. */
  cancel(): boolean {
    const { tool, points, selected } = this.#state;
    const dragging = this.#drag !== null;
    this.#drag = null;
    if (dragging) this.#set({ moved: null });
    else if (points.length > 0) this.#set({ points: [] });
    else if (tool !== null) this.choose(null);
    else if (selected !== null) this.#set({ selected: null });
    else return false;
    return true;
  }

  /** A key in the chart; true: it was meant for the hand. */
  key(event: HandKey): boolean {
    const ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && event.code === 'KeyZ' && !event.altKey) {
      if (event.shiftKey) this.#parts.redo();
      else this.#parts.undo();
      return true;
    }
    if (ctrl || event.altKey) return false;
    const arrow = ARROWS[event.key];
    if (arrow) return this.#arrow(arrow, event.shiftKey ? LONG_STEP : 1);
    const tool = event.shiftKey ? undefined : TOOL_KEYS[event.code];
    if (tool) {
      this.choose(tool);
      return true;
    }
    if (event.key === 'Escape') {
      const had = this.cancel();
      if (!had && this.#at) {
        this.#at = null;
        this.#parts.pointTo(null);
      }
      return had;
    }
    if (event.key === 'Delete' || event.key === 'Backspace') return this.remove(this.selected);
    if (event.key !== 'Enter') return false;
    if (this.#state.tool === null) return this.edit(this.selected);
    if (this.#at) this.#place(this.#at);
    return true;
  }

  /** Nudges what is selected, or moves the cross. */
  #arrow({ bars, ticks }: { readonly bars: number; readonly ticks: number }, times: number): boolean {
    const plane = this.#parts.plane();
    if (!plane) return false;
    const { selected } = this;
    if (selected && this.#state.tool === null) {
      const [first] = selected.anchors;
      if (selected.locked || !first) return true;
      const price = ticks === 0 ? 0 : this.#parts.priceStep(first.price, ticks * times) - first.price;
      this.#change(selected, {
        ...selected,
        anchors: shifted(selected.anchors, { bars: bars * times, price }, plane),
      });
      return true;
    }
    const from = this.#at ?? anchorAt({ x: plane.width / 2, y: plane.height / 2 }, plane);
    const [to] = shifted([from], { bars: bars * times, price: 0 }, plane);
    if (!to) return true;
    this.#at = { ts: to.ts, price: ticks === 0 ? to.price : this.#parts.priceStep(to.price, ticks * times) };
    this.#parts.pointTo(this.#at);
    this.#set({});
    return true;
  }
}
