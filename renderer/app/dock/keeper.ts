/** Keeps the user's workspaces: saved at once, restored exactly, shared with the other windows, never overwritten unseen. */
import type { SerializedDockview } from 'dockview-react';
import {
  FACTORY_WORKSPACES,
  type FactoryWorkspace,
  LINK_GROUPS,
  type LinkGroup,
  type PlacedPanel,
  type Workspace,
  type WorkspaceWindow,
} from '#shared/domain/index.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import type { Ids, Timer, Timers } from '#shared/ports.ts';
import { RemoteError } from '#shared/rpc/index.ts';
import type { Documents } from '../../client/document-line.ts';
import { MAIN_WINDOW, type WindowsLine } from '../../client/windows.ts';
import { FIRST_GROUP, useLinks } from '../../store/links.ts';
import { FIRST_WORKSPACE, useWorkspaces } from '../../store/workspaces.ts';
import { text, type TextKey, translate } from '../../text/index.ts';

/** Changes within this time are saved together. */
const QUIET_MS = 250;

/** Longest wait for the news of another window's change. */
const NEWS_MS = 2_000;

const EMPTY_WINDOW: WorkspaceWindow = { dock: null, panels: {} };

export interface KeeperParts {
  readonly documents: Documents;
  readonly windows: WindowsLine;
  readonly timers: Timers;
  readonly ids: Ids;
  /** Remembers which workspace is in force. */
  readonly choose: (id: string) => void;
  /** Issues for the groups after the first where a workspace names none. */
  readonly firstIssues: () => readonly string[];
  readonly tell: (title: string, body: string) => void;
  readonly fail: (error: unknown) => void;
}

function codeOf(error: unknown): string {
  return error instanceof RemoteError
    ? error.envelope.code
    : error instanceof AppError
      ? error.code
      : toEnvelope(error).code;
}

/** A factory workspace as nobody has changed it yet. */
export function factoryWorkspace(factory: FactoryWorkspace): Workspace {
  return {
    name: text(`workspace.${factory}`),
    place: FACTORY_WORKSPACES.indexOf(factory),
    factory,
    windows: { [MAIN_WINDOW]: EMPTY_WINDOW },
    links: {},
  };
}

/** The stored workspaces with the factory's that were never changed, in their order. */
function complete(stored: ReadonlyMap<string, Workspace>): ReadonlyMap<string, Workspace> {
  const all = new Map<string, Workspace>(FACTORY_WORKSPACES.map((id) => [id, stored.get(id) ?? factoryWorkspace(id)]));
  for (const [id, body] of stored) all.set(id, body);
  return new Map([...all].sort(([, a], [, b]) => a.place - b.place));
}

function sameWindow(a: WorkspaceWindow | undefined, b: WorkspaceWindow | undefined): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

export class WorkspaceKeeper {
  readonly #parts: KeeperParts;
  /** This window of the workspace in force as the core has it, as far as we know. */
  #known: WorkspaceWindow = EMPTY_WINDOW;
  #dock: WorkspaceWindow['dock'] = null;
  #dirty = false;
  #quiet = false;
  #timer: Timer | null = null;
  #saving: Promise<void> = Promise.resolve();
  #removed: { readonly id: string; readonly body: Workspace } | null = null;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  /** Follows the stored workspaces, the links and the other windows; `firstId` is opened. Returns what ends that. */
  follow(firstId: string | null): () => void {
    const { documents, windows } = this.#parts;
    let first = true;
    const take = (): void => {
      const stored = documents.list('workspace');
      if (!stored) return;
      const bodies = complete(stored);
      useWorkspaces.setState({ bodies });
      if (first) {
        first = false;
        this.#enter(firstId !== null && bodies.has(firstId) ? firstId : FIRST_WORKSPACE);
      } else {
        this.#takeOther();
      }
    };
    const closers = [
      documents.watch('workspace', null, take),
      useLinks.subscribe((now, before) => {
        if (now.issues !== before.issues) this.#touch();
      }),
      useWorkspaces.subscribe((now, before) => {
        if (now.panels !== before.panels && now.era === before.era) this.#touch();
      }),
      windows.hear((said) => {
        if (said.kind === 'workspace' && useWorkspaces.getState().bodies?.has(said.id)) this.#enter(said.id);
        if (said.kind === 'here') this.#present(said.from, true);
        if (said.kind === 'gone') this.#present(said.from, false);
      }),
    ];
    take();
    this.#present(windows.id, true);
    windows.say({ kind: 'who' });
    windows.say({ kind: 'here', from: windows.id });
    return () => {
      for (const close of closers) close();
    };
  }

  /** This window of the workspace in force. */
  window(): WorkspaceWindow {
    return this.#known;
  }

  /** The workspace in force. */
  current(): Workspace | undefined {
    const { bodies, currentId } = useWorkspaces.getState();
    return bodies?.get(currentId);
  }

  /** Puts a workspace in force, in every window. */
  async open(id: string): Promise<void> {
    if (id === useWorkspaces.getState().currentId) return;
    await this.flush();
    this.#enter(id);
    this.#parts.choose(id);
    this.#parts.windows.say({ kind: 'workspace', from: this.#parts.windows.id, id });
  }

  /** The dock has changed under the user's hand. */
  arranged(dock: SerializedDockview): void {
    this.#dock = dock as unknown as WorkspaceWindow['dock'];
    this.#touch();
  }

  /** A factory layout was laid out anew: shown, but not kept until the user changes it. */
  laidOut(panels: Readonly<Record<string, PlacedPanel>>): void {
    this.#quiet = true;
    useWorkspaces.setState({ panels });
    this.#quiet = false;
  }

  /** Saves what is not saved yet. */
  flush(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = null;
    if (this.#dirty) this.#saving = this.#saving.then(() => this.#save());
    return this.#saving;
  }

  /** Begins a workspace as a copy of the one in force, or of a factory's. */
  async create(name: string, from: FactoryWorkspace | null): Promise<void> {
    await this.flush();
    const { bodies } = useWorkspaces.getState();
    const copied = from === null ? this.current() : factoryWorkspace(from);
    if (!bodies || !copied) return;
    const id = `w-${this.#parts.ids.next()}`;
    const place = Math.max(...[...bodies.values()].map((body) => body.place)) + 1;
    const windows = from === null ? await this.#renamed(copied.windows) : copied.windows;
    await this.#store(id, { ...copied, windows, name, place });
    await this.open(id);
  }

  async rename(id: string, name: string): Promise<void> {
    await this.flush();
    const body = useWorkspaces.getState().bodies?.get(id);
    if (body) await this.#store(id, { ...body, name });
  }

  /** Takes a workspace away; the last one taken away can be brought back. The factory's stay. */
  async remove(id: string): Promise<void> {
    const body = useWorkspaces.getState().bodies?.get(id);
    if (!body || FACTORY_WORKSPACES.some((factory) => factory === id)) return;
    await this.open(FIRST_WORKSPACE);
    try {
      await this.#parts.documents.remove('workspace', id);
      this.#removed = { id, body };
    } catch (error) {
      this.#parts.fail(error);
    }
  }

  /** The workspace that was taken away last; null where there is none to bring back. */
  removed(): string | null {
    return this.#removed?.body.name ?? null;
  }

  async bringBack(): Promise<void> {
    const removed = this.#removed;
    if (!removed) return;
    this.#removed = null;
    await this.#store(removed.id, removed.body);
    await this.open(removed.id);
  }

  /** Puts the workspace in force back to the factory's arrangement, in all of its windows. */
  async putBack(): Promise<void> {
    await this.flush();
    const { currentId } = useWorkspaces.getState();
    const body = this.current();
    if (!body) return;
    await this.#store(currentId, { ...body, windows: { [MAIN_WINDOW]: EMPTY_WINDOW }, links: {} });
    this.#enter(currentId);
  }

  /** Puts panels into another window of the workspace in force. */
  async place(windowId: string, panels: Readonly<Record<string, PlacedPanel>>): Promise<void> {
    await this.flush();
    const body = this.current();
    if (!body) return;
    const window = body.windows[windowId] ?? EMPTY_WINDOW;
    await this.#store(useWorkspaces.getState().currentId, {
      ...body,
      windows: { ...body.windows, [windowId]: { ...window, panels: { ...window.panels, ...panels } } },
    });
  }

  /** Forgets a window of the workspace in force, with what stood in it. */
  async dropWindow(windowId: string): Promise<void> {
    await this.flush();
    const body = this.current();
    if (!body || windowId === MAIN_WINDOW) return;
    const { [windowId]: _dropped, ...windows } = body.windows;
    await this.#store(useWorkspaces.getState().currentId, { ...body, windows });
  }

  #present(windowId: string, here: boolean): void {
    useWorkspaces.setState(({ openWindows }) => {
      const next = new Set(openWindows);
      if (here) next.add(windowId);
      else next.delete(windowId);
      return { openWindows: next };
    });
  }

  #enter(id: string): void {
    const body = useWorkspaces.getState().bodies?.get(id);
    if (!body) return;
    const { [FIRST_GROUP]: _first, ...kept } = body.links;
    // Charts side by side that all show the same issue would say nothing.
    const links = Object.keys(kept).length > 0 || body.factory === null ? kept : this.#firstLinks();
    this.#known = body.windows[this.#parts.windows.id] ?? EMPTY_WINDOW;
    this.#dock = this.#known.dock;
    this.#quiet = true;
    useLinks.setState({ issues: links });
    this.#quiet = false;
    useWorkspaces.setState(({ era }) => ({ currentId: id, panels: this.#known.panels, era: era + 1 }));
    this.#dirty = false;
  }

  #firstLinks(): Partial<Record<LinkGroup, string>> {
    const issues = this.#parts.firstIssues();
    return Object.fromEntries(
      LINK_GROUPS.slice(1).flatMap((group, at) => (issues[at] === undefined ? [] : [[group, issues[at]]])),
    );
  }

  /** Another window, or another screen of the same core, has changed the workspace in force. */
  #takeOther(): void {
    const { currentId, bodies } = useWorkspaces.getState();
    const body = bodies?.get(currentId);
    if (!body) {
      this.#enter(FIRST_WORKSPACE);
      this.#parts.tell(text('workspace.goneTitle'), text('workspace.goneBody'));
      return;
    }
    const theirs = body.windows[this.#parts.windows.id];
    if (this.#dirty || sameWindow(theirs, this.#known)) return;
    this.#enter(currentId);
  }

  #touch(): void {
    if (this.#quiet || useWorkspaces.getState().bodies === null) return;
    this.#dirty = true;
    this.#timer?.cancel();
    this.#timer = this.#parts.timers.after(QUIET_MS, () => void this.flush());
  }

  async #save(): Promise<void> {
    const { currentId, panels } = useWorkspaces.getState();
    const body = this.current();
    if (!body) return;
    // Without an arrangement of the user's own the factory's is laid out again, for whatever room there is.
    const own: WorkspaceWindow = this.#dock === null ? EMPTY_WINDOW : { dock: this.#dock, panels: { ...panels } };
    const before = this.#known;
    this.#dirty = false;
    this.#known = own;
    const links: Partial<Record<LinkGroup, string>> = useLinks.getState().issues;
    const next = (base: Workspace): Workspace => ({
      ...base,
      windows: { ...base.windows, [this.#parts.windows.id]: own },
      links,
    });
    try {
      await this.#parts.documents.save('workspace', currentId, next(body));
    } catch (error) {
      this.#known = before;
      if (codeOf(error) !== 'DOCUMENT_CHANGED') {
        this.#dirty = true;
        if (codeOf(error) !== 'PIPE_CLOSED') this.#parts.fail(error);
        return;
      }
      await this.#settle(currentId, { read: body, own, before }, next);
    }
  }

  /** Another window was first: each keeps its own part; of the same part, what was there first stays. */
  async #settle(
    id: string,
    of: { readonly read: Workspace; readonly own: WorkspaceWindow; readonly before: WorkspaceWindow },
    next: (base: Workspace) => Workspace,
  ): Promise<void> {
    const bodies = await this.#newer(id, of.read);
    useWorkspaces.setState({ bodies });
    const theirs = bodies.get(id);
    if (theirs && sameWindow(theirs.windows[this.#parts.windows.id], of.before)) {
      this.#known = of.own;
      await this.#store(id, next(theirs));
      return;
    }
    this.#parts.tell(text('workspace.changedTitle'), text('workspace.changedBody'));
    this.#enter(theirs ? id : FIRST_WORKSPACE);
  }

  /** The workspaces once one is no longer as it was read: the refusal may come before the news. */
  #newer(id: string, read: Workspace): Promise<ReadonlyMap<string, Workspace>> {
    const { documents, timers } = this.#parts;
    return new Promise((resolve) => {
      let stop: () => void = () => undefined;
      const done = (): void => {
        stop();
        late.cancel();
        resolve(complete(documents.list('workspace') ?? new Map<string, Workspace>()));
      };
      const look = (): void => {
        if (documents.list('workspace')?.get(id) !== read) done();
      };
      const late = timers.after(NEWS_MS, done);
      stop = documents.watch('workspace', null, look);
      look();
    });
  }

  async #store(id: string, body: Workspace): Promise<void> {
    try {
      await this.#parts.documents.save('workspace', id, body);
    } catch (error) {
      this.#parts.fail(error);
    }
  }

  /** Panels under new names, with what each keeps for itself. */
  async #renamed(windows: Workspace['windows']): Promise<Workspace['windows']> {
    const names = new Map<string, string>();
    for (const window of Object.values(windows))
      for (const [id, panel] of Object.entries(window.panels))
        names.set(id, `${panel.view}-${this.#parts.ids.next().slice(0, 8)}`);
    for (const kind of ['chart', 'columns'] as const) {
      const kept = await this.#parts.documents.load(kind);
      for (const [id, body] of kept) {
        const [panelId = '', ...rest] = id.split('/');
        const name = names.get(panelId);
        if (name !== undefined)
          await this.#parts.documents.save(kind, [name, ...rest].join('/'), body as never).catch(this.#parts.fail);
      }
    }
    const rename = (value: unknown): unknown => {
      let written = JSON.stringify(value);
      for (const [old, name] of names) written = written.replaceAll(`"${old}"`, `"${name}"`);
      return JSON.parse(written);
    };
    return rename(windows) as Workspace['windows'];
  }
}

/** The name of a workspace: a factory's own name in the user's language, else as the user wrote it. */
export function workspaceName(body: Workspace, t: (key: TextKey) => string): string {
  if (body.factory === null) return body.name;
  const key = `workspace.${body.factory}` as const;
  return [translate('ko', key), translate('en', key)].includes(body.name) ? t(key) : body.name;
}
