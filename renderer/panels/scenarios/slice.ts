/** What the scenario panel remembers while another tab covers it: the list, the document that is open with its past, and what is chosen in it. */
import { create } from 'zustand';
import type { RunJob, ScenarioDocument, ScenarioId, StoredScenario } from '#shared/domain/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import type { ScenarioProblem } from '#shared/scenario/index.ts';
import { showView } from '../../store/work.ts';

/** The parts of a document that the form shows; those in lists with a place. */
export const PARTS = [
  'about',
  'market',
  'accounts',
  'actors',
  'events',
  'detectors',
  'plays',
  'criteria',
  'labels',
] as const;
export type PartName = (typeof PARTS)[number];

/** What is chosen: a part, and which of its entries; -1: none. */
export interface Part {
  readonly name: PartName;
  readonly index: number;
}

export const VIEWS = ['edit', 'run', 'results', 'versions'] as const;
export type ScenarioView = (typeof VIEWS)[number];

/** A text as it is understood. */
export interface Reading {
  /** The text that was read. */
  readonly of: string;
  /** The document; the last one that could be read while this one cannot. */
  readonly document: ScenarioDocument | null;
  /** true: `document` is of this very text. */
  readonly whole: boolean;
  readonly problems: readonly ScenarioProblem[];
}

/** kept: on the disk · waiting: will be · failed: could not be, and is tried again */
export type DraftState = 'none' | 'kept' | 'waiting' | 'failed';

export interface OpenScenario {
  readonly id: ScenarioId;
  /** The version that the text was made on, and its text; 0: none was saved. */
  readonly version: number;
  readonly saved: string;
  readonly text: string;
  readonly past: readonly string[];
  readonly future: readonly string[];
  readonly draft: DraftState;
  /** true: an unfinished change of an earlier time was opened, and nobody has said what to do with it. */
  readonly offered: boolean;
  /** The version that another window has saved since; null: none. */
  readonly newer: number | null;
}

export type WishName = 'new' | 'run' | 'save' | 'play';

interface ScenarioSlice {
  /** null: not told yet. */
  readonly list: ReadonlyMap<ScenarioId, StoredScenario> | null;
  readonly jobs: ReadonlyMap<string, RunJob>;
  readonly open: OpenScenario | null;
  readonly reading: Reading;
  readonly opening: ScenarioId | null;
  readonly failure: { readonly id: ScenarioId; readonly error: ErrorEnvelope } | null;
  readonly view: ScenarioView;
  readonly part: Part;
  /** Day of the scenario that the timeline shows, from 1. */
  readonly day: number;
  /** A line of the text that is to be shown, and a count that rises with every asking. */
  readonly line: { readonly at: number; readonly count: number };
  readonly search: string;
  readonly tag: string | null;
  /** What an action of the palette asked for; taken by the panel. */
  readonly wish: WishName | null;
  /** How the next run goes; `pace` null: as fast as the machine allows. */
  readonly run: { readonly seed: number; readonly seeds: number; readonly pace: number | null };
  /** Results that are chosen for comparison, and the one that is shown. */
  readonly chosen: readonly string[];
  readonly shown: string | null;
}

export const NOTHING_READ: Reading = { of: '', document: null, whole: false, problems: [] };
const FIRST_PART: Part = { name: 'events', index: -1 };

export const useScenarios = create<ScenarioSlice>(() => ({
  list: null,
  jobs: new Map(),
  open: null,
  reading: NOTHING_READ,
  opening: null,
  failure: null,
  view: 'edit',
  part: FIRST_PART,
  day: 1,
  line: { at: 0, count: 0 },
  search: '',
  tag: null,
  wish: null,
  run: { seed: 1, seeds: 1, pace: null },
  chosen: [],
  shown: null,
}));

/** What belongs to a document goes with it. */
export const FRESH = {
  view: 'edit',
  part: FIRST_PART,
  day: 1,
  chosen: [],
  shown: null,
} as const satisfies Partial<ScenarioSlice>;

export function choosePart(part: Part): void {
  useScenarios.setState({ part });
}

/** Brings a line of the text into view. */
export function showLine(at: number): void {
  useScenarios.setState(({ line }) => ({ line: { at, count: line.count + 1 }, view: 'edit' }));
}

/** Brings the panel to the front and asks it for something. */
export function askScenario(wish: WishName): void {
  showView('scenarios');
  useScenarios.setState({ wish });
}

/** Whether a scenario is open. */
export function hasScenario(): boolean {
  return useScenarios.getState().open !== null;
}

/** true: the open scenario came along and cannot be changed. */
export function isShipped(id: ScenarioId): boolean {
  return id.startsWith('lib:');
}
