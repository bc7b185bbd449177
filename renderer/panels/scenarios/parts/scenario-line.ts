/** The hand on scenarios: follows the list and the runs, opens a document, changes it, keeps its draft, saves it as a version. */
import { SCENARIO_SIZE_LIMIT, type RunJob, type ScenarioId, type StoredScenario } from '#shared/domain/index.ts';
import type { Timer } from '#shared/ports.ts';
import { changeScenario, type ScenarioChange } from '#shared/scenario/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { wordsOf, type Workstation } from '../../../client/workstation.ts';
import { useView } from '../../../store/view.ts';
import { text as words } from '../../../text/index.ts';
import { number } from '../../../ui/format.ts';
import { browserTimers } from '../../../ui/platform.ts';
import { FRESH, isShipped, NOTHING_READ, useScenarios, type OpenScenario } from '../slice.ts';
import { LongReader } from './long-reader.ts';
import { asReading, knownIds, LONG_TEXT, readText } from './reading.ts';

/** A change is on the disk at the latest after so long. */
const KEEP_MS = 700;
/** A draft that could not be kept is tried again after so long. */
const AGAIN_MS = 3_000;
/** Typing without a longer pause is one step to undo. */
const STEP_MS = 900;
/** Steps that can be undone, and their characters together: long texts have fewer steps. */
const PAST_LIMIT = 200;
const PAST_LETTERS = 20_000_000;
/** A long text is read once typing pauses for so long. */
const LONG_READ_MS = 400;

const LINES = new WeakMap<Workstation, ScenarioLine>();

/** The line of the workstation around. */
export function useScenarioLine(): ScenarioLine {
  const workstation = useWorkstation();
  const line = LINES.get(workstation) ?? new ScenarioLine(workstation);
  LINES.set(workstation, line);
  return line;
}

const { getState: get, setState: set } = useScenarios;

export class ScenarioLine {
  readonly #workstation: Workstation;
  #keeping: Timer | null = null;
  #reading: Timer | null = null;
  readonly #reader = new LongReader();
  #underway: Promise<void> = Promise.resolve();
  /** The last step, and when it was, monotonic milliseconds: what goes on with it joins it. */
  #step: { readonly name: string | null; readonly at: number } = { name: null, at: 0 };
  /** The document that is being saved: what is told of it meanwhile is one's own. */
  #saving: ScenarioId | null = null;
  /** Documents whose draft was made here: opening them again offers nothing. */
  readonly #mine = new Set<ScenarioId>();

  constructor(workstation: Workstation) {
    this.#workstation = workstation;
    addEventListener('pagehide', () => void this.flush());
  }

  /** Follows the list and the runs until the returned function is called. */
  follow(): () => void {
    const { client } = this.#workstation;
    if (!client) return () => undefined;
    const closers = [
      client.scenarios.follow(
        {},
        {
          batch: (items, { snapshot }) => {
            const list = new Map<ScenarioId, StoredScenario>(snapshot ? [] : (get().list ?? []));
            for (const item of items) {
              if (item.removed) list.delete(item.id);
              else list.set(item.id, item);
            }
            set({ list });
            this.#compare(list);
          },
        },
      ),
      client.scenarios.jobs(
        {},
        {
          batch: (items, { snapshot }) => {
            const jobs = new Map<string, RunJob>(snapshot ? [] : get().jobs);
            for (const job of items) jobs.set(job.jobId, job);
            set({ jobs });
          },
        },
      ),
    ];
    // What could not be kept while the line was down is kept now.
    if (get().open?.draft === 'failed') this.#keepSoon(0);
    return () => closers.forEach((close) => close());
  }

  /** Opens a scenario; an unfinished change that waits is opened in its place, and offered. */
  async open(id: ScenarioId): Promise<void> {
    const { open } = get();
    if (open?.id === id) return;
    await this.flush();
    set({ opening: id, failure: null });
    const { client } = this.#workstation;
    try {
      if (!client) throw new Error('no core');
      const { version, text, draft } = await client.scenarios.read({ id });
      if (get().opening !== id) return;
      const shown = draft ?? text;
      const waits = draft !== null && version > 0 && draft !== text;
      set({
        ...FRESH,
        opening: null,
        open: {
          id,
          version,
          saved: text,
          text: shown,
          past: waits ? [text] : [],
          future: [],
          draft: draft === null ? 'none' : 'kept',
          offered: waits && !this.#mine.has(id),
          newer: null,
        },
        reading: NOTHING_READ,
      });
      this.#read(shown, 0);
    } catch (error) {
      if (get().opening === id) set({ opening: null, failure: { id, error: wordsOf(error) } });
    }
  }

  /** Closes the document; its draft stays. */
  async close(): Promise<void> {
    await this.flush();
    this.#stopReading();
    set({ open: null, reading: NOTHING_READ, ...FRESH });
  }

  /** Puts another text in the place of the one that is open. Changes of one `step` that follow one another closely are undone together. */
  write(text: string, step: string | null): void {
    const { open } = get();
    if (!open || isShipped(open.id) || text === open.text) return;
    if (text.length > SCENARIO_SIZE_LIMIT) {
      this.refuseLong();
      return;
    }
    const at = this.#workstation.clock.monotonicMs();
    const joins = step !== null && step === this.#step.name && at - this.#step.at < STEP_MS && open.past.length > 0;
    this.#step = { name: step, at };
    const steps = Math.min(PAST_LIMIT, Math.ceil(PAST_LETTERS / (open.text.length + 1)));
    const past = joins ? open.past : [...open.past, open.text].slice(-steps);
    this.#put({ ...open, text, past, future: [], offered: false });
  }

  /** Says that a text is longer than scenarios are; what is written stays as it is. */
  refuseLong(): void {
    this.#workstation.notify({
      level: 'caution',
      title: words('scen.tooLong'),
      body: words('scen.tooLongBody', { limit: number(SCENARIO_SIZE_LIMIT) }),
    });
  }

  /** Makes changes of the document's parts; why they cannot be made is said. true: they were made. `alone`: a step of its own to undo. */
  change(changes: readonly ScenarioChange[], alone = false): boolean {
    const { open } = get();
    const [first] = changes;
    if (!open || !first) return false;
    const result = changeScenario(open.text, changes);
    if ('problem' in result) {
      const title = result.problem[useView.getState().language];
      this.#workstation.notify({ level: 'caution', title, body: '' });
      return false;
    }
    const isTyping =
      !alone && changes.length === 1 && (typeof first.value === 'string' || typeof first.value === 'number');
    this.write(result.text, isTyping ? first.path.join('/') : null);
    return true;
  }

  undo(): void {
    const { open } = get();
    const before = open?.past.at(-1);
    if (!open || before === undefined || isShipped(open.id)) return;
    this.#step = { name: null, at: 0 };
    this.#put({ ...open, text: before, past: open.past.slice(0, -1), future: [open.text, ...open.future] });
  }

  redo(): void {
    const { open } = get();
    const [next, ...future] = open?.future ?? [];
    if (!open || next === undefined) return;
    this.#step = { name: null, at: 0 };
    this.#put({ ...open, text: next, past: [...open.past, open.text], future });
  }

  /** Nobody needs to be asked any more about the change that waited. */
  keepOffer(): void {
    const { open } = get();
    if (open) set({ open: { ...open, offered: false } });
  }

  /** The newest version again; what was written can be taken back by undo. */
  async drop(): Promise<void> {
    const { open } = get();
    if (!open) return;
    this.write(open.saved, null);
    this.keepOffer();
    await this.flush();
  }

  /** Saves what is written as a version. null: it was not saved, and why has been said. */
  async save(note: string): Promise<StoredScenario | null> {
    const { open } = get();
    const { client } = this.#workstation;
    if (!open || !client || isShipped(open.id)) return null;
    this.#keeping?.cancel();
    this.#keeping = null;
    await this.#underway;
    const { id, text, version } = open;
    this.#saving = id;
    try {
      const stored = await client.scenarios.save({ id, version, text, note });
      const now = get().open;
      if (now?.id === id) {
        const more = now.text !== text;
        set({
          open: {
            ...now,
            version: stored.version,
            saved: text,
            draft: more ? 'waiting' : 'none',
            offered: false,
            newer: null,
          },
        });
        if (more) this.#keepSoon(0);
      }
      return stored;
    } catch (error) {
      this.#workstation.fail(error);
      // The draft still holds what was written.
      this.#keepSoon(0);
      return null;
    } finally {
      this.#saving = null;
      this.#compare(get().list ?? new Map());
    }
  }

  /** What is written goes on the version that another window has saved. */
  async rebase(): Promise<void> {
    const { open } = get();
    if (!open || open.newer === null) return;
    const read = await this.#workstation.act((client) => client.scenarios.read({ id: open.id, version: open.newer }));
    const now = get().open;
    if (!read || now?.id !== open.id) return;
    set({ open: { ...now, version: read.version, saved: read.text, newer: null } });
    this.#keepSoon(0);
  }

  /** The version of the other window; what was written can be taken back by undo. */
  async takeTheirs(): Promise<void> {
    await this.rebase();
    await this.drop();
  }

  /** Writes down what is not yet on the disk, and returns when it is. */
  async flush(): Promise<void> {
    if (this.#keeping) {
      this.#keeping.cancel();
      this.#keeping = null;
      this.#keep();
    }
    await this.#underway;
  }

  #put(open: OpenScenario): void {
    set({ open: { ...open, draft: 'waiting' } });
    this.#mine.add(open.id);
    this.#read(open.text);
    this.#keepSoon(KEEP_MS);
  }

  /** Reads a text at once, or a long one beside the page after a pause, milliseconds. */
  #read(text: string, pauseMs = LONG_READ_MS): void {
    this.#stopReading();
    if (text.length <= LONG_TEXT) {
      set(({ reading }) => ({ reading: readText(text, reading) }));
      return;
    }
    this.#reading = browserTimers.after(pauseMs, () =>
      this.#reader.read({ text, ids: knownIds() }, (told) => {
        if (get().open?.text === text) set(({ reading }) => ({ reading: asReading(text, told, reading) }));
      }),
    );
  }

  #stopReading(): void {
    this.#reading?.cancel();
    this.#reading = null;
    this.#reader.stop();
  }

  #keepSoon(delayMs: number): void {
    this.#keeping ??= browserTimers.after(delayMs, () => {
      this.#keeping = null;
      this.#keep();
    });
  }

  #keep(): void {
    this.#underway = this.#underway.then(async () => {
      const { open } = get();
      const { client } = this.#workstation;
      if (!open || isShipped(open.id)) return;
      const { id, text } = open;
      // What equals the newest version needs no draft.
      const draft = open.version > 0 && text === open.saved ? null : text;
      const tell = (state: OpenScenario['draft']): void => {
        const now = get().open;
        if (now?.id === id && now.text === text) set({ open: { ...now, draft: state } });
      };
      try {
        if (!client) throw new Error('no core');
        await client.scenarios.saveDraft({ id, text: draft });
        tell(draft === null ? 'none' : 'kept');
      } catch (error) {
        tell('failed');
        if (wordsOf(error).code !== 'SCENARIO_UNKNOWN') this.#keepSoon(AGAIN_MS);
      }
    });
  }

  /** Looks whether the open document has another version by now, or is gone. */
  #compare(list: ReadonlyMap<ScenarioId, StoredScenario>): void {
    const { open } = get();
    const told = open && list.get(open.id);
    if (!open || !told || told.version <= open.version || this.#saving === open.id) return;
    const clean = open.text === open.saved;
    set({ open: { ...open, newer: told.version } });
    if (clean) void this.#followTheirs(open.id);
  }

  /** Nothing was written here: the other window's version is simply shown. Own saves have told their version by then. */
  async #followTheirs(id: ScenarioId): Promise<void> {
    const { client } = this.#workstation;
    const read = await client?.scenarios.read({ id }).catch(() => null);
    const now = get().open;
    if (!read || now?.id !== id || now.text !== now.saved || read.version <= now.version) return;
    set({
      open: { ...now, version: read.version, saved: read.text, text: read.text, newer: null, past: [], future: [] },
    });
    this.#read(read.text, 0);
  }
}
