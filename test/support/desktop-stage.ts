/** What the scenario sees and decides, on a real Electron as on the stand-in: it puts itself before the dialogs, links and the tray. */
import * as electron from 'electron';

/** A question of the program that waits for the scenario's answer. */
export interface Question {
  readonly options: Electron.MessageBoxOptions;
  answer(response: number): void;
}

/** What the program did. */
export const seen = {
  sandboxed: false,
  schemes: [] as Electron.CustomScheme[],
  errorBoxes: [] as (readonly [string, string])[],
  opened: [] as string[],
  questions: [] as Question[],
  trayLine: '',
  trayMenu: null as Electron.Menu | null,
};

/** What the next open dialog gives. */
export const fate = { picked: [] as string[] };

/** Facts go out as JSON lines; the test reads them. */
export function tell(about: string, facts: unknown): void {
  process.stdout.write(`${JSON.stringify({ about, facts })}\n`);
}

/** Waits until something is so, at most ten seconds. */
export async function until<T>(what: string, look: () => T | null | undefined | false): Promise<T> {
  for (let time = 0; time < 500; time += 1) {
    const found = look();
    if (found !== null && found !== undefined && found !== false) return found;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** The next question of the program. */
export async function nextQuestion(): Promise<Question> {
  await until('a question', () => seen.questions.length > 0);
  return seen.questions.shift()!;
}

/** Puts a function in a member's place; the rest of the object stays. */
function instead<O extends object, K extends keyof O>(object: O, name: K, by: (was: O[K]) => O[K]): void {
  object[name] = by(object[name]);
}

export function watchProgram(): void {
  const { app, dialog, protocol, shell, Tray } = electron;
  instead(app, 'enableSandbox', (was) => () => {
    seen.sandboxed = true;
    was.call(app);
  });
  instead(protocol, 'registerSchemesAsPrivileged', (was) => (schemes) => {
    seen.schemes.push(...schemes);
    was.call(protocol, schemes);
  });
  dialog.showErrorBox = (title, body) => void seen.errorBoxes.push([title, body]);
  dialog.showOpenDialog = () => Promise.resolve({ canceled: fate.picked.length === 0, filePaths: fate.picked });
  dialog.showMessageBox = (...given: unknown[]) =>
    new Promise((answered) => {
      seen.questions.push({
        options: given.at(-1) as Electron.MessageBoxOptions,
        answer: (response) => answered({ response, checkboxChecked: false }),
      });
    });
  shell.openExternal = (url) => Promise.resolve(void seen.opened.push(url));
  shell.openPath = (path) => {
    seen.opened.push(path);
    return Promise.resolve('');
  };
  instead(
    Tray.prototype,
    'setToolTip',
    (was) =>
      function (this: Electron.Tray, line: string) {
        seen.trayLine = line;
        was.call(this, line);
      },
  );
  instead(
    Tray.prototype,
    'setContextMenu',
    (was) =>
      function (this: Electron.Tray, menu: Electron.Menu | null) {
        seen.trayMenu = menu;
        was.call(this, menu);
      },
  );
}

/** Every item of a menu, with those below. */
export function itemsOf(menu: Electron.Menu | null): Electron.MenuItem[] {
  return (menu?.items ?? []).flatMap((item) => [item, ...itemsOf(item.submenu ?? null)]);
}

/** Chooses an item by its words, as the user does. */
export function choose(menu: Electron.Menu | null, label: string): void {
  const item = itemsOf(menu).find((each) => each.label.startsWith(label));
  if (!item) throw new Error(`no item ${label}`);
  (item as unknown as { click(): void }).click();
}

/** Windows by name. */
export function windowNamed(id: string): Electron.BrowserWindow | undefined {
  return electron.BrowserWindow.getAllWindows().find(
    ({ webContents }) => (/[?&]window=(\w+)/.exec(webContents.getURL())?.[1] ?? 'main') === id,
  );
}

/** A window that shows its page. */
export async function shownWindow(id: string): Promise<Electron.BrowserWindow> {
  const window = await until(`window ${id}`, () => windowNamed(id));
  await until(`window ${id} to be seen`, () => window.isVisible());
  return window;
}

/** The page's own end of the pipe, as the screen has it; kept in the page under `end`. */
const PAGE_END = `(() => {
  const frames = []; const wake = [];
  let closed = false;
  maru.onFrame((frame, bytes) => {
    frames.push({ frame, bytes: bytes instanceof Uint8Array ? bytes.length : null });
    for (const run of wake.splice(0)) run();
  });
  maru.onClose(() => { closed = true; });
  window.acts = [];
  maruShell.onAct((id) => { window.acts.push(id); });
  window.end = {
    closed: () => closed,
    async next(id) {
      for (;;) {
        const at = frames.findIndex(({ frame }) => id === null || frame.id === id);
        if (at >= 0) return frames.splice(at, 1)[0];
        await new Promise((run) => wake.push(run));
      }
    },
  };
})()`;

export interface Frame {
  readonly kind: string;
  readonly id?: number;
  readonly value?: unknown;
  readonly [name: string]: unknown;
}
interface Arrived {
  readonly frame: Frame;
  readonly bytes: number | null;
}

/** A page that speaks over the built preload; `begin` has to be run in each new document. */
export function pageOf(contents: Electron.WebContents) {
  const run = <T>(code: string): Promise<T> => contents.executeJavaScript(code, true) as Promise<T>;
  const send = (frame: Frame): Promise<void> => run(`void maru.send(${JSON.stringify(frame)})`);
  const next = (id: number | null): Promise<Arrived> => run(`end.next(${JSON.stringify(id)})`);
  return {
    run,
    send,
    next,
    async begin(): Promise<string> {
      await run(`void ${PAGE_END}`);
      await send({ kind: 'hello', protocol: 1 });
      return (await next(null)).frame.kind;
    },
    async ask(id: number, method: string, input: unknown): Promise<Frame> {
      await send({ kind: 'call', id, method, input });
      return (await next(id)).frame;
    },
    tellShell: (word: unknown): Promise<void> => run(`void maruShell.tell(${JSON.stringify(word)})`),
  };
}
export type PageEnd = ReturnType<typeof pageOf>;

/** A document of ours without the screen's program, so that the scenario alone speaks: a style sheet shown as text. */
export async function barePage(contents: Electron.WebContents, query = ''): Promise<PageEnd> {
  await contents.loadURL(`app://maru/assets/${process.env['SCENARIO_BARE'] ?? ''}${query}`);
  return pageOf(contents);
}
