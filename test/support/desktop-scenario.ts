/** Runs inside the built main process on the stand-in: acts as the user and the page, and tells what it saw as JSON lines. */
import { once } from 'node:events';
import { app, fate, fetchPage, ipcMain, seen, session, type BrowserWindow } from './electron-stand-in.ts';

interface Bridge {
  send(frame: unknown, bytes?: Uint8Array): void;
  onFrame(receive: (frame: Frame, bytes: Uint8Array | null) => void): void;
  onClose(closed: () => void): void;
}
interface Frame {
  readonly kind: string;
  readonly id?: number;
  readonly value?: unknown;
  readonly [name: string]: unknown;
}

function tell(about: string, facts: unknown): void {
  process.stdout.write(`${JSON.stringify({ about, facts })}\n`);
}

/** The page's end, as the screen uses it. */
function pageEnd(window: BrowserWindow) {
  const bridge = window.webContents.page?.world.get('maru') as Bridge;
  const frames: { readonly frame: Frame; readonly bytes: Uint8Array | null }[] = [];
  const arrived: (() => void)[] = [];
  let closed = false;
  bridge.onFrame((frame, bytes) => {
    frames.push({ frame, bytes });
    for (const wake of arrived.splice(0)) wake();
  });
  bridge.onClose(() => (closed = true));
  return {
    bridge,
    isClosed: () => closed,
    async next(fits: (frame: Frame) => boolean) {
      for (;;) {
        const found = frames.findIndex(({ frame }) => fits(frame));
        if (found >= 0) return frames.splice(found, 1)[0]!;
        await new Promise<void>((wake) => arrived.push(wake));
      }
    },
  };
}

async function ask(end: ReturnType<typeof pageEnd>, id: number, method: string, input: unknown): Promise<Frame> {
  end.bridge.send({ kind: 'call', id, method, input });
  return (await end.next((frame) => frame.id === id)).frame;
}

async function workTheWindow(window: BrowserWindow): Promise<void> {
  tell('window', {
    shown: window.shown,
    preferences: window.options.webPreferences,
    sandboxed: seen.sandboxed,
    schemes: seen.schemes,
  });
  const page = await fetchPage('app://maru/');
  tell('page', {
    status: page.status,
    policy: page.headers.get('content-security-policy'),
    html: (await page.text()).slice(0, 40),
  });
  const others = [
    'app://maru/../package.json',
    'app://maru/%2e%2e/main/main.js',
    'app://elsewhere/',
    'app://maru/gone.js',
  ];
  tell('other pages', await Promise.all(others.map(async (url) => (await fetchPage(url)).status)));

  const end = pageEnd(window);
  tell('bridge', Object.keys(end.bridge).toSorted());
  end.bridge.send({ kind: 'hello', protocol: 1 });
  tell('welcome', (await end.next(() => true)).frame.kind);
  tell('about', await ask(end, 1, 'system.about', {}));
  end.bridge.send({ kind: 'open', id: 2, stream: 'trading.desk', input: {} });
  const { frame } = await end.next((each) => each.id === 2);
  tell('stream', { kind: frame.kind, snapshot: frame['snapshot'] });
  const candles = { instrumentId: 'KRX:005930', interval: '1m', limit: 10 };
  end.bridge.send({ kind: 'call', id: 3, method: 'market.candles', input: candles });
  const bulk = await end.next((each) => each.id === 3);
  tell('bytes', { kind: bulk.frame.kind, bytes: bulk.bytes instanceof Uint8Array });
  tell('refused', await ask(end, 4, 'system.nope', {}));

  // Others who know the channel's name: another frame, another window.
  const contents = window.webContents;
  const message = ['stranger', JSON.stringify({ kind: 'hello', protocol: 1 }), null];
  const before = contents.mainFrame.url;
  ipcMain.emit('maru', { sender: contents, senderFrame: { url: before } }, ...message);
  ipcMain.emit('maru', { sender: {}, senderFrame: contents.mainFrame }, ...message);
  contents.mainFrame.url = 'https://elsewhere.example/';
  ipcMain.emit('maru', { sender: contents, senderFrame: contents.mainFrame }, ...message);
  contents.mainFrame.url = before;
  tell('after strangers', (await ask(end, 5, 'system.about', {})).kind);

  contents.reload();
  const again = pageEnd(window);
  again.bridge.send({ kind: 'hello', protocol: 1 });
  tell('after reload', {
    welcome: (await again.next(() => true)).frame.kind,
    about: (await ask(again, 1, 'system.about', {})).kind,
  });
}

function leave(window: BrowserWindow): void {
  const contents = window.webContents;
  const stays = (event: string, url: string): boolean => {
    let prevented = false;
    contents.emit(event, { url, preventDefault: () => (prevented = true) });
    return prevented;
  };
  tell('navigation', {
    elsewhere: stays('will-navigate', 'https://elsewhere.example/'),
    frame: stays('will-frame-navigate', 'https://elsewhere.example/'),
    redirect: stays('will-redirect', 'https://elsewhere.example/'),
    lookalike: stays('will-navigate', 'app://maru.elsewhere.example/'),
    itself: stays('will-navigate', 'app://maru/'),
  });
  const links = [
    'https://github.com/',
    'https://elsewhere.example/',
    'http://github.com/',
    'file:///etc/passwd',
    'https://github.com@elsewhere.example/',
  ];
  tell('links', { actions: links.map((url) => contents.opener?.({ url }).action), opened: [...seen.opened] });
  const grants: Record<string, boolean> = {};
  for (const permission of ['media', 'geolocation', 'clipboard-read', 'clipboard-sanitized-write']) {
    session.defaultSession.ask(contents, permission, (granted) => (grants[permission] = granted));
  }
  tell('permissions', grants);
}

async function importByMenu(): Promise<void> {
  const click = seen.menu
    .flatMap(({ submenu }) => submenu ?? [])
    .find(({ label }) => label?.startsWith('일별 시세'))?.click;
  for (const files of [[process.env['SCENARIO_FILE'] ?? ''], ['/not/there.csv']]) {
    fate.picked = files;
    const told = once(app, 'stand-in-message');
    click?.();
    await told;
  }
  tell(
    'import',
    seen.messages.map(({ message }) => message),
  );
}

fate.firstInstance = process.env['SCENARIO'] !== 'second';
process.on('exit', (code) => tell('exit', { code, errorBoxes: seen.errorBoxes, userData: seen.paths.get('userData') }));
app.once('stand-in-opened', (window: BrowserWindow) => {
  const act = async (): Promise<void> => {
    if (process.env['SCENARIO'] === 'crash') {
      for (let time = 1; time <= 4; time += 1) {
        window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
        if (window.isDestroyed()) return;
        const page = pageEnd(window);
        page.bridge.send({ kind: 'hello', protocol: 1 });
        tell(`crash ${time}`, (await page.next(() => true)).frame.kind);
      }
    } else if (process.env['SCENARIO'] !== 'quit') {
      await workTheWindow(window);
      leave(window);
      await importByMenu();
      app.emit('second-instance');
      tell('second instance', { focused: window.focused });
    }
    window.destroy();
    app.emit('window-all-closed');
  };
  act().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(3);
  });
});
