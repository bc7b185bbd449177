/** What the desktop does, by the scenario that shows it; each is checked on every stage there is. */
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Played } from '#test/support/desktop-play.ts';

interface Behaviour {
  readonly name: string;
  readonly check: (played: Played, dataDir: string) => void;
}

const SAFE = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  navigateOnDragDrop: false,
};

const NO_NODE = 'undefined,undefined,undefined,undefined';

const ALL: readonly Behaviour[] = [
  {
    name: 'opens, works, and closes without a question where nothing is open',
    check: ({ told }, dataDir) =>
      expect(told['exit']).toEqual({ code: 0, errorBoxes: [], userData: join(dataDir, 'window') }),
  },
  {
    name: 'shows a sandboxed, isolated window without Node',
    check: ({ told }) => {
      const window = told['window'] as { preferences: object | null };
      expect(window).toMatchObject({
        shown: true,
        sandboxed: true,
        worlds: NO_NODE,
        schemes: [{ scheme: 'app', privileges: { standard: true, secure: true } }],
      });
      if (window.preferences !== null) expect(window.preferences).toMatchObject(SAFE);
    },
  },
  {
    name: 'serves the page under a strict policy',
    check: ({ told }) => {
      const page = told['page'] as { status: number; policy: string; html: string };
      expect(page.status).toBe(200);
      expect(page.html.toLowerCase()).toContain('<!doctype html>');
      for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"])
        expect(page.policy).toContain(part);
      expect(page.policy).not.toMatch(/unsafe-(inline|eval)|https?:/);
    },
  },
  {
    name: 'serves nothing beside the page',
    check: ({ told }) => expect(told['other pages']).toEqual([404, 404, 404]),
  },
  {
    name: 'exposes two bridges with five functions',
    check: ({ told }) =>
      expect(told['bridge']).toEqual([
        ['onClose', 'onFrame', 'send'],
        ['onAct', 'tell'],
      ]),
  },
  {
    name: 'carries calls, streams and bytes',
    check: ({ told }, dataDir) => {
      expect(told['welcome']).toBe('welcome');
      expect(told['about']).toMatchObject({ kind: 'result', value: { host: 'desktop', dataDir } });
      expect(told['stream']).toEqual({ kind: 'item', snapshot: true });
      expect(told['bytes']).toEqual({ kind: 'result', bytes: true });
      expect(told['refused']).toMatchObject({ kind: 'error', error: { code: 'METHOD_UNKNOWN' } });
    },
  },
  {
    name: 'hears only its own page, on both channels',
    check: ({ told }) => expect(told['after strangers']).toEqual({ about: 'result', menu: null }),
  },
  {
    name: 'starts a new line when the page is loaded again',
    check: ({ told }) => expect(told['after reload']).toEqual({ welcome: 'welcome', about: 'result' }),
  },
  {
    name: 'keeps the page where it is',
    check: ({ told }) =>
      expect(told['navigation']).toEqual({
        stayed: true,
        elsewhere: true,
        frame: true,
        redirect: true,
        lookalike: true,
        itself: false,
      }),
  },
  {
    name: 'opens links by list in the browser, and no window for any address but our own',
    check: ({ told }) =>
      expect(told['links']).toEqual({
        nothing: Array.from({ length: 10 }, () => true),
        opened: ['https://github.com/'],
        windows: 1,
      }),
  },
  {
    name: 'grants copying and notifications to its page, nothing else',
    check: ({ told }) =>
      expect(told['permissions']).toEqual({
        asked: ['denied', 'denied', 'denied', 'granted', 'granted'],
        notifications: 'granted',
        requested: 'granted',
      }),
  },
  {
    name: 'opens a further window with a pipe of its own and the same safety',
    check: ({ told }) =>
      expect(told['second window']).toEqual({
        welcome: 'welcome',
        about: 'result',
        first: 'result',
        worlds: 'undefined,undefined',
        same: true,
      }),
  },
  {
    name: 'opens a named window once, and eight at most',
    check: ({ told }) => expect(told['many windows']).toEqual({ once: 2, most: 8 }),
  },
  {
    name: 'closes a window without touching the others',
    check: ({ told }) => expect(told['after closing']).toEqual({ first: 'result', questions: 0 }),
  },
  {
    name: 'imports by the menu and tells the outcome',
    check: ({ told }) => {
      const [good, bad] = told['import'] as string[];
      expect(good).toMatch(/^[\d,]+줄을 가져왔습니다\./);
      expect(bad).toContain('파일이 없습니다');
    },
  },
  {
    name: "makes the menu of the page's list, with keys that are only shown",
    check: ({ told }) => {
      const menu = told['menu'] as { before: string[]; top: string[]; roles: string[] };
      const mac = process.platform === 'darwin' ? ['마루'] : [];
      expect(menu.before).toEqual([...mac, '파일', '편집', '창']);
      expect(menu.top).toEqual([...mac, '파일', '편집', '주문', '창', '찾기와 도움']);
      expect(menu).toMatchObject({
        buy: { label: '매수 주문표', keys: 'CmdOrCtrl+B', registered: false, enabled: true },
        resume: false,
        sign: null,
      });
      for (const role of ['undo', 'cut', 'copy', 'paste', 'selectall', 'minimize', 'togglefullscreen'])
        expect(menu.roles).toContain(role);
    },
  },
  {
    name: 'hands what is chosen in the menu to the page in front',
    check: ({ told }) => expect(told['chosen']).toEqual(['buy']),
  },
  {
    name: 'greys an action out without building the menu anew',
    check: ({ told }) => expect(told['greyed']).toEqual({ same: true }),
  },
  {
    name: 'follows the language of the page, in menu and tray',
    check: ({ told }) => {
      const { top, tray } = told['language'] as { top: string[]; tray: string };
      expect(top).toContain('Edit');
      expect(tray).toContain('Maru · Simulation');
    },
  },
  {
    name: 'shows environment, connection and halt in the tray, brings the window back, and halts from there',
    check: ({ told }) =>
      expect(told['tray']).toEqual({
        line: expect.stringMatching(/^마루 · 시뮬레이션 · /) as string,
        back: true,
        halted: expect.stringContaining('거래 중지됨') as string,
        again: false,
      }),
  },
  {
    name: 'comes back from the tray when it is started again',
    check: ({ told }) => expect(told['second instance']).toEqual({ shown: true }),
  },
];

const ORDERS: readonly Behaviour[] = [
  {
    name: 'says before quitting what is still open, once',
    check: ({ told }) => {
      expect(told['left']).toMatchObject({ order: { reason: null }, mandate: 'result' });
      const { options, twice } = told['question'] as { options: { detail: string }; twice: boolean };
      expect(twice).toBe(false);
      expect(options).toMatchObject({
        buttons: ['계속 쓰기', '트레이에 두기', '끝내기'],
        defaultId: 0,
        cancelId: 0,
        message: expect.stringContaining('끝낼까요') as string,
      });
      expect(options.detail).toContain('미체결 주문 1건');
      expect(options.detail).toContain('조건 주문 1건');
    },
  },
  {
    name: 'goes on when the user stays',
    check: ({ told }) => expect(told['stayed']).toEqual({ visible: true, alive: 'result' }),
  },
  {
    name: 'goes on in the tray and comes back from it',
    check: ({ told }) => {
      expect(told['in tray']).toEqual({ alive: 'result' });
      expect(told['from tray']).toEqual({ visible: true });
    },
  },
  {
    name: 'closes in order, whatever is wished on the way',
    check: ({ told }) => expect(told['exit']).toMatchObject({ code: 0, errorBoxes: [] }),
  },
];

const CRASH: readonly Behaviour[] = [
  {
    name: 'loads a page that died again, three times, then closes',
    check: ({ told }) => {
      expect([1, 2, 3, 4].map((time) => told[`crash ${time}`])).toEqual(['welcome', 'welcome', 'welcome', undefined]);
      expect(told['exit']).toMatchObject({
        code: 0,
        errorBoxes: [['마루', expect.stringContaining('거듭') as string]],
      });
    },
  },
];

/** Nobody is there to answer; the mandate and the order are told to have been open. */
const unasked = ({ told }: Played): void => {
  expect(told['left']).toMatchObject({ order: { reason: null }, mandate: 'result' });
  expect(told['asked']).toBeUndefined();
  expect(told['exit']).toMatchObject({ code: 0, errorBoxes: [] });
};

const SHUTDOWN: readonly Behaviour[] = [
  {
    name: 'closes its records before the system shuts down, without a question',
    check: (played) => {
      unasked(played);
      expect(played.told['system waits']).toBe(true);
    },
  },
];

const SIGNAL: readonly Behaviour[] = [{ name: 'closes in order by a signal, without a question', check: unasked }];

export const BEHAVIOURS = { all: ALL, orders: ORDERS, crash: CRASH, shutdown: SHUTDOWN, signal: SIGNAL } as const;
