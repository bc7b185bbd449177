/** What the explorer holds as long as the window lives: the list, the forms as they were typed, and what was answered. */
import { create } from 'zustand';
import type {
  ApiCallRecord,
  ApiCopyForm,
  ApiDetail,
  ApiEnvironment,
  ApiPlace,
  ApiRecipe,
  ApiRow,
} from '#shared/contract/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';

/** A record of an answer; what is not there is undefined. */
export type AnswerRow = Readonly<Record<string, unknown>>;

/** An answer with the pages that were asked for after it. */
export interface ShownAnswer {
  readonly callId: string;
  readonly at: number;
  readonly env: ApiEnvironment;
  readonly endpoint: 'official' | 'emulator';
  readonly trId: string | null;
  readonly messageCode: string;
  readonly message: string;
  readonly blocks: Readonly<Record<string, unknown>>;
  readonly pages: number;
  readonly ms: number;
  readonly synthetic: boolean;
  /** true: the next page can be asked for. */
  readonly next: boolean;
  readonly complete: boolean;
}

export type LeftTab = 'list' | 'recipes' | 'calls';
export type ResultTab = 'table' | 'raw' | 'code' | 'about';

interface ExplorerStore {
  /** null until the core has told it. */
  readonly rows: readonly ApiRow[] | null;
  readonly recipes: readonly ApiRecipe[];
  readonly details: Readonly<Record<string, ApiDetail>>;
  readonly places: readonly ApiPlace[];
  readonly calls: readonly ApiCallRecord[];
  readonly left: LeftTab;
  readonly search: string;
  readonly open: Readonly<Record<string, boolean>>;
  /** The API in view. */
  readonly id: string | null;
  readonly env: ApiEnvironment;
  /** Forms as typed, by API. */
  readonly typed: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Keys of channels as typed, by API. */
  readonly keys: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, ShownAnswer>>;
  readonly errors: Readonly<Record<string, ErrorEnvelope>>;
  /** The API that is being asked now, and what gives it up. */
  readonly busy: { readonly id: string; readonly stop: () => void } | null;
  readonly result: ResultTab;
  readonly form: ApiCopyForm;
}

export const useExplorer = create<ExplorerStore>(() => ({
  rows: null,
  recipes: [],
  details: {},
  places: [],
  calls: [],
  left: 'list',
  search: '',
  open: {},
  id: null,
  env: 'simulator',
  typed: {},
  keys: {},
  answers: {},
  errors: {},
  busy: null,
  result: 'table',
  form: 'curl',
}));

export const setExplorer = useExplorer.setState;

/** What a form holds: as typed, else as it begins. */
export function valuesOf(
  detail: ApiDetail,
  typed: Readonly<Record<string, string>> | undefined,
): Record<string, string> {
  return Object.fromEntries(
    detail.fields.filter(({ fill }) => fill === 'user').map(({ name, start }) => [name, typed?.[name] ?? start]),
  );
}

export function type(id: string, name: string, value: string): void {
  setExplorer(({ typed }) => ({ typed: { ...typed, [id]: { ...typed[id], [name]: value } } }));
}

/** Shows an API, with some of its fields filled. */
export function showApi(
  id: string,
  filled: { readonly params?: Readonly<Record<string, string>>; readonly key?: string } = {},
): void {
  const { params, key } = filled;
  setExplorer(({ typed, keys }) => ({
    id,
    ...(params ? { typed: { ...typed, [id]: { ...params } } } : {}),
    ...(key === undefined || key === '' ? {} : { keys: { ...keys, [id]: key } }),
  }));
}

function rowsOf(block: unknown): readonly AnswerRow[] {
  return Array.isArray(block) ? (block as readonly AnswerRow[]) : [];
}

/** An answer and the page after it, as one: rows are put behind rows, a record stays the first page's. */
export function joined(before: ShownAnswer, after: ShownAnswer): ShownAnswer {
  const blocks: Record<string, unknown> = { ...before.blocks };
  for (const [name, block] of Object.entries(after.blocks)) {
    if (Array.isArray(block)) blocks[name] = [...rowsOf(before.blocks[name]), ...rowsOf(block)];
    else blocks[name] ??= block;
  }
  return { ...after, blocks, pages: before.pages + after.pages, ms: before.ms + after.ms };
}
