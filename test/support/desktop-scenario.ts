/** Runs inside the built main process, on a real Electron or on the stand-in: acts as the user and the page, and tells what it saw as JSON lines. */
import * as electron from 'electron';
import {
  barePage,
  choose,
  fate,
  itemsOf,
  nextQuestion,
  type PageEnd,
  pageOf,
  seen,
  shownWindow,
  tell,
  until,
  watchProgram,
  windowNamed,
} from './desktop-stage.ts';
import { endedBy, leaveWithOrders, placesAgain, placesFirst, shutDown } from './desktop-windows-scenario.ts';

const { app } = electron;

const MENU = {
  kind: 'menu',
  language: 'ko',
  rooms: [
    {
      id: 'orders',
      label: '주문',
      actions: [
        { id: 'buy', label: '매수 주문표', keys: 'Ctrl+B', enabled: true },
        { id: 'resume', label: '중지 풀기', keys: null, enabled: false },
      ],
    },
    { id: 'help', label: '찾기와 도움', actions: [{ id: 'shortcuts', label: '단축키', keys: '?', enabled: true }] },
  ],
};

async function workTheWindow(window: Electron.BrowserWindow): Promise<PageEnd> {
  const contents = window.webContents;
  const fetched = await electron.net.fetch('app://maru/');
  tell('page', {
    status: fetched.status,
    policy: fetched.headers.get('content-security-policy'),
    html: (await fetched.text()).slice(0, 40),
  });
  const others = ['app://maru/%2e%2e/main/main.js', 'app://elsewhere/', 'app://maru/gone.js'];
  tell('other pages', await Promise.all(others.map(async (url) => (await electron.net.fetch(url)).status)));

  const page = await barePage(contents);
  tell('window', {
    shown: window.isVisible(),
    sandboxed: seen.sandboxed,
    schemes: seen.schemes,
    // Known to the stand-in only.
    preferences: (window as { options?: { webPreferences?: unknown } }).options?.webPreferences ?? null,
    worlds: await page.run(`[typeof require, typeof process, typeof module, typeof ipcRenderer].join()`),
  });
  tell('bridge', await page.run(`[Object.keys(maru).toSorted(), Object.keys(maruShell).toSorted()]`));
  tell('welcome', await page.begin());
  tell('about', await page.ask(1, 'system.about', {}));
  await page.send({ kind: 'open', id: 2, stream: 'trading.desk', input: {} });
  const { frame } = await page.next(2);
  tell('stream', { kind: frame.kind, snapshot: frame['snapshot'] });
  const candles = { instrumentId: 'KRX:005930', interval: '1m', limit: 10 };
  await page.send({ kind: 'call', id: 3, method: 'market.candles', input: candles });
  const bulk = await page.next(3);
  tell('bytes', { kind: bulk.frame.kind, bytes: bulk.bytes !== null });
  tell('refused', await page.ask(4, 'system.nope', {}));

  // Others who know the channel's name: another frame, another window.
  const message = ['stranger', JSON.stringify({ kind: 'hello', protocol: 1 }), null];
  const { mainFrame } = contents;
  electron.ipcMain.emit('maru', { sender: contents, senderFrame: { url: mainFrame.url } }, ...message);
  electron.ipcMain.emit('maru', { sender: {}, senderFrame: mainFrame }, ...message);
  electron.ipcMain.emit('maru-shell', { sender: {}, senderFrame: mainFrame }, JSON.stringify(MENU));
  electron.ipcMain.emit('maru-shell', { sender: contents, senderFrame: { url: mainFrame.url } }, JSON.stringify(MENU));
  tell('after strangers', {
    about: (await page.ask(5, 'system.about', {})).kind,
    menu: electron.Menu.getApplicationMenu()?.getMenuItemById('act:buy') ?? null,
  });

  contents.reload();
  await new Promise<void>((loaded) => contents.once('did-finish-load', () => loaded()));
  tell('after reload', { welcome: await page.begin(), about: (await page.ask(1, 'system.about', {})).kind });
  return page;
}

async function leave(window: Electron.BrowserWindow, page: PageEnd): Promise<void> {
  const { webContents: contents } = window;
  const stays = (event: string, url: string): boolean => {
    let prevented = false;
    contents.emit(event, { url, preventDefault: () => (prevented = true) });
    return prevented;
  };
  const at = contents.getURL();
  await page.run(`void location.assign('https://elsewhere.example/')`);
  await page.run(`void location.assign('app://maru.elsewhere.example/')`);
  await new Promise((done) => setTimeout(done, 100));
  tell('navigation', {
    stayed: contents.getURL() === at,
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
    'about:blank',
    'app://maru/assets/a.js',
    'app://maru/?window=W2',
    'app://maru/?window=w2&x=1',
    'app://elsewhere/?window=w2',
  ];
  const nothing = await page.run(
    `Promise.all(${JSON.stringify(links)}.map((url) => window.open(url, '_blank') === null))`,
  );
  await new Promise((done) => setTimeout(done, 100));
  tell('links', { nothing, opened: [...seen.opened], windows: electron.BrowserWindow.getAllWindows().length });
  tell('permissions', {
    asked: await page.run(`Promise.all(['geolocation', 'camera', 'clipboard-read', 'clipboard-write', 'notifications']
      .map(async (name) => (await navigator.permissions.query({ name })).state))`),
    notifications: await page.run(`Notification.permission`),
    requested: await page.run(`Notification.requestPermission()`),
  });
}

async function menuAndTray(window: Electron.BrowserWindow, page: PageEnd): Promise<void> {
  const menu = (): Electron.Menu | null => electron.Menu.getApplicationMenu();
  const top = (): string[] => (menu()?.items ?? []).map(({ label }) => label);
  const before = top();
  await page.tellShell(MENU);
  await until('the menu', () => menu()?.getMenuItemById('act:buy'));
  const buy = menu()?.getMenuItemById('act:buy');
  const built = menu();
  tell('menu', {
    before,
    top: top(),
    buy: { label: buy?.label, keys: buy?.accelerator, registered: buy?.registerAccelerator, enabled: buy?.enabled },
    resume: menu()?.getMenuItemById('act:resume')?.enabled,
    sign: menu()?.getMenuItemById('act:shortcuts')?.accelerator ?? null,
    roles: itemsOf(menu())
      .map(({ role }) => role?.toLowerCase())
      .filter((role) => role !== undefined),
  });
  buy?.click();
  tell('chosen', await until('the act', () => true).then(() => actsOf(page)));
  // Greyed out without being built anew.
  await page.tellShell(JSON.parse(JSON.stringify(MENU).replace('"enabled":true', '"enabled":false')));
  await until('the item to be grey', () => menu()?.getMenuItemById('act:buy')?.enabled === false);
  tell('greyed', { same: menu() === built });
  // Words that are none change nothing.
  await page.tellShell({ ...MENU, rooms: [{ id: 'orders', label: '', actions: [] }] });
  await page.tellShell({ kind: 'act', id: 'buy' });
  await page.tellShell({ ...MENU, language: 'en' });
  await until('the menu in English', () => top().includes('File'));
  tell('language', { top: top(), tray: seen.trayLine });
  await page.tellShell(MENU);
  await until('the menu in Korean', () => top().includes('파일'));

  await until('the tray', () => seen.trayLine.includes('시뮬레이션'));
  const line = seen.trayLine;
  window.hide();
  choose(seen.trayMenu, '마루 보기');
  const back = window.isVisible();
  window.hide();
  await page.tellShell({ kind: 'show' });
  await until('the window of a clicked notification', () => window.isVisible());
  choose(seen.trayMenu, '거래 전체 중지');
  await until('the halt in the tray', () => seen.trayLine.includes('거래 중지됨'));
  tell('tray', { line, back, halted: seen.trayLine, again: itemsOf(seen.trayMenu).at(3)?.enabled });
}

async function actsOf(page: PageEnd): Promise<unknown> {
  for (let time = 0; time < 100; time += 1) {
    const acts = await page.run<unknown[]>(`[...window.acts]`);
    if (acts.length > 0) return acts;
    await new Promise((done) => setTimeout(done, 20));
  }
  return [];
}

async function moreWindows(main: Electron.BrowserWindow, page: PageEnd): Promise<void> {
  await page.run(`window.open('/?window=w2', '_blank', 'popup')`);
  const second = await shownWindow('w2');
  const other = await barePage(second.webContents, '?window=w2');
  const welcome = await other.begin();
  tell('second window', {
    welcome,
    about: (await other.ask(1, 'system.about', {})).kind,
    // Both pipes are alive at once.
    first: (await page.ask(50, 'system.about', {})).kind,
    worlds: await other.run(`[typeof require, typeof process].join()`),
    same: JSON.stringify(optionsOf(second)) === JSON.stringify(optionsOf(main)),
  });
  // Asked for again it comes to the front.
  await page.run(`void window.open('/?window=w2')`);
  await new Promise((done) => setTimeout(done, 100));
  const once = electron.BrowserWindow.getAllWindows().length;
  for (let n = 3; n <= 12; n += 1) await page.run(`void window.open('/?window=w${n}')`);
  await until('eight windows', () => electron.BrowserWindow.getAllWindows().length >= 8);
  await new Promise((done) => setTimeout(done, 200));
  tell('many windows', { once, most: electron.BrowserWindow.getAllWindows().length });
  for (let n = 2; n <= 12; n += 1) windowNamed(`w${n}`)?.close();
  await until('one window', () => electron.BrowserWindow.getAllWindows().length === 1);
  tell('after closing', { first: (await page.ask(51, 'system.about', {})).kind, questions: seen.questions.length });
}

/** Known to the stand-in only. */
function optionsOf(window: Electron.BrowserWindow): unknown {
  return (window as { options?: { webPreferences?: unknown } }).options?.webPreferences ?? null;
}

async function importByMenu(): Promise<void> {
  const told: string[] = [];
  for (const files of [[process.env['SCENARIO_FILE'] ?? ''], ['/not/there.csv']]) {
    fate.picked = files;
    choose(electron.Menu.getApplicationMenu(), '일별 시세');
    const question = await nextQuestion();
    told.push(question.options.message);
    question.answer(0);
  }
  tell('import', told);
}

async function crash(window: Electron.BrowserWindow): Promise<void> {
  await barePage(window.webContents);
  for (let time = 1; time <= 4; time += 1) {
    const loaded = new Promise<boolean>((done) => {
      window.webContents.once('did-finish-load', () => done(true));
      window.once('closed', () => done(false));
    });
    window.webContents.forcefullyCrashRenderer();
    if (!(await loaded)) return;
    tell(`crash ${time}`, await pageOf(window.webContents).begin());
  }
}

async function all(window: Electron.BrowserWindow): Promise<void> {
  const page = await workTheWindow(window);
  await leave(window, page);
  await moreWindows(window, page);
  await importByMenu();
  await menuAndTray(window, page);
  window.hide();
  app.emit('second-instance');
  tell('second instance', { shown: window.isVisible() });
  // Nothing is open: no question.
  window.close();
  await until('the end', () => seen.questions.length > 0);
}

async function hold(): Promise<void> {
  const woken = new Promise<void>((done) => app.once('second-instance', () => done()));
  tell('ready', true);
  await woken;
  tell('woken', true);
  app.quit();
}

const SCENARIOS: Readonly<Record<string, (window: Electron.BrowserWindow) => Promise<void>>> = {
  all,
  crash,
  hold,
  orders: leaveWithOrders,
  shutdown: endedBy(shutDown),
  signal: endedBy(() => process.kill(process.pid, 'SIGTERM')),
  'places first': placesFirst,
  'places again': placesAgain,
};

watchProgram();
process.on('exit', (code) => tell('exit', { code, errorBoxes: seen.errorBoxes, userData: app.getPath('userData') }));
const scenario = SCENARIOS[process.env['SCENARIO'] ?? ''];
if (scenario)
  shownWindow('main')
    .then(scenario)
    .catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(3);
    });
