/** The native menu, its keys, the tray's words and the question before quitting. */
import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { ShellWord } from '#shared/contract/index.ts';
import type { EnvironmentStatus } from '#shared/domain/index.ts';
import { acceleratorOf } from '../../../electron/hosts/desktop/accelerator.ts';
import { menuTemplate, type PageMenu } from '../../../electron/hosts/desktop/menu.ts';
import { openLines, quitQuestion } from '../../../electron/hosts/desktop/quitting.ts';
import { spotOf, trayFacts, trayLine, trayMenu } from '../../../electron/hosts/desktop/tray.ts';
import { wordsIn } from '../../../electron/hosts/desktop/words.ts';

const ko = wordsIn('ko');

describe('a key in the menu', () => {
  it.each([
    ['Ctrl+B', 'CmdOrCtrl+B'],
    ['Ctrl+Shift+X', 'CmdOrCtrl+Shift+X'],
    ['Ctrl+Alt+T', 'CmdOrCtrl+Alt+T'],
    ['Ctrl+Space', 'CmdOrCtrl+Space'],
    ['Ctrl+ArrowUp', 'CmdOrCtrl+Up'],
    ['Ctrl+,', 'CmdOrCtrl+,'],
    ['Ctrl++', 'CmdOrCtrl+Plus'],
    ['Alt+1', 'Alt+1'],
    ['F6', 'F6'],
    ['Shift+F4', 'Shift+F4'],
    // Would be taken from what is typed.
    ['?', null],
    ['Shift+A', null],
    // Not known to the menu.
    ['Ctrl+ㅂ', null],
    ['Ctrl+MediaPlay', null],
    ['Ctrl+', null],
    [null, null],
  ])('%s is %s', (keys, shown) => expect(acceleratorOf(keys)).toBe(shown));
});

const PAGE: PageMenu = {
  kind: 'menu',
  language: 'ko',
  rooms: [
    { id: 'orders', label: '주문', actions: [{ id: 'buy', label: '사기 & 팔기', keys: 'Ctrl+B', enabled: false }] },
    { id: 'help', label: '도움', actions: [{ id: 'tour', label: '둘러보기', keys: null, enabled: true }] },
    { id: 'market', label: '시장', actions: [] },
  ],
};

function template(platform: NodeJS.Platform, packaged = true, page: PageMenu | null = PAGE) {
  const acts = { importFiles: vi.fn(), showDataFolder: vi.fn(), act: vi.fn() };
  return { acts, menu: menuTemplate({ platform, packaged, words: ko, page, acts }) };
}

const labels = (menu: MenuItemConstructorOptions[]): (string | undefined)[] => menu.map(({ label }) => label);
const below = (menu: MenuItemConstructorOptions[], label: string): MenuItemConstructorOptions[] =>
  menu.find((each) => each.label === label)?.submenu as MenuItemConstructorOptions[];

describe('the menu', () => {
  it('has the shape of its platform', () => {
    expect(labels(template('linux').menu)).toEqual(['파일', '편집', '주문', '창', '도움']);
    const mac = template('darwin').menu;
    expect(labels(mac)).toEqual(['마루', '파일', '편집', '주문', '창', '도움']);
    expect(below(mac, '마루').flatMap(({ role }) => role ?? [])).toEqual([
      'about',
      'services',
      'hide',
      'hideOthers',
      'unhide',
      'quit',
    ]);
    expect(mac.at(-1)).toMatchObject({ role: 'help' });
    // Quitting stands in one place.
    expect(below(mac, '파일').map(({ role }) => role)).not.toContain('quit');
    expect(below(template('win32').menu, '파일').map(({ role }) => role)).toContain('quit');
    expect(below(mac, '창').map(({ role }) => role)).toContain('front');
  });

  it('shows developer tools only where nothing is packed', () => {
    const roles = (packaged: boolean) => below(template('linux', packaged).menu, '창').map(({ role }) => role);
    expect(roles(true)).not.toContain('toggleDevTools');
    expect(roles(false)).toContain('toggleDevTools');
  });

  it('shows actions with their state, and starts them', () => {
    const { menu, acts } = template('linux');
    const [buy] = below(menu, '주문');
    expect(buy).toMatchObject({
      id: 'act:buy',
      label: '사기 && 팔기',
      enabled: false,
      accelerator: 'CmdOrCtrl+B',
      registerAccelerator: false,
    });
    (below(menu, '도움')[0]?.click as () => void)();
    expect(acts.act).toHaveBeenCalledWith('tour');
  });

  it('stands without a page', () => {
    expect(labels(template('linux', true, null).menu)).toEqual(['파일', '편집', '창']);
  });

  it('takes only words of its own form', () => {
    expect(ShellWord.safeParse(PAGE).success).toBe(true);
    const [room] = PAGE.rooms;
    for (const bad of [
      { ...PAGE, rooms: [{ ...room, id: 'x y' }] },
      { ...PAGE, language: 'fr' },
      { ...PAGE, more: 1 },
      { kind: 'run', id: 'buy' },
      { ...PAGE, rooms: Array.from({ length: 13 }, () => room) },
    ])
      expect(ShellWord.safeParse(bad).success).toBe(false);
  });
});

const STATUS = {
  environment: 'real',
  phase: 'ready',
  lock: { state: 'locked' },
} as unknown as EnvironmentStatus;
const HEALTH = { market: 'live', orders: 'ready', record: 'ok' } as never;

describe('the tray', () => {
  it('tells environment, lock, line and halt', () => {
    const facts = trayFacts({ status: STATUS, health: HEALTH });
    expect(trayLine(facts, ko)).toBe('마루 · KIS 실전투자 · 잠김 · 연결됨');
    const halted = trayFacts({ status: STATUS, health: { ...(HEALTH as object), orders: 'halted' } as never });
    expect(trayLine(halted, wordsIn('en'))).toBe('Maru · KIS real trading · Locked · Connected · Trading halted');
    expect(spotOf(facts)).not.toEqual(spotOf(halted));
  });

  it.each([
    [{ ...STATUS, phase: 'switching' }, HEALTH, '환경 바꾸는 중'],
    [{ ...STATUS, phase: 'failed' }, HEALTH, '연결 끊김'],
    [STATUS, { market: 'stale', orders: 'ready', record: 'ok' }, '시세가 오지 않음'],
    [STATUS, { market: 'live', orders: 'reconciling', record: 'ok' }, '주문 확인 중'],
    [STATUS, { market: 'live', orders: 'ready', record: 'failing' }, '기록하지 못함'],
    [null, null, '상태 확인 중'],
  ])('never shows a bad state as a good one', (status, health, word) => {
    const line = trayLine(trayFacts({ status: status as EnvironmentStatus | null, health: health as never }), ko);
    expect(line).toContain(word);
    expect(line).not.toContain('연결됨');
  });

  it('halts once', () => {
    const acts = { show: vi.fn(), halt: vi.fn(), quit: vi.fn() };
    const facts = trayFacts({ status: STATUS, health: HEALTH });
    expect(trayMenu(facts, ko, acts)[3]).toMatchObject({ enabled: true });
    expect(trayMenu({ ...facts, halted: true }, ko, acts)[3]).toMatchObject({ enabled: false });
  });
});

describe('the question before quitting', () => {
  const open = { orders: 3, unconfirmed: 1, mandates: 2, imports: 1, known: true };

  it('names each kind of thing that is open, where it lives and what becomes of it', () => {
    const lines = openLines(open, 'real', ko);
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^미체결 주문 2건.*증권사에 남아/);
    expect(lines[1]).toMatch(/^결과를 모르는 주문 1건/);
    expect(lines[2]).toMatch(/^조건 주문 2건/);
    expect(lines[3]).toMatch(/^자료 가져오기 1건/);
    expect(openLines(open, 'simulation', ko)[0]).toContain('모의 시장도 멈춰');
  });

  it('is not asked where nothing is open, and is where nobody knows', () => {
    const nothing = { orders: 0, unconfirmed: 0, mandates: 0, imports: 0, known: true };
    expect(openLines(nothing, 'paper', ko)).toEqual([]);
    expect(openLines({ ...nothing, known: false }, 'paper', ko)).toHaveLength(1);
  });

  it('offers the tray only where there is one; staying is the default', () => {
    expect(quitQuestion(['x'], true, ko).answers).toEqual(['stay', 'tray', 'go']);
    const { answers, options } = quitQuestion(['x'], false, ko);
    expect(answers).toEqual(['stay', 'go']);
    expect(options).toMatchObject({ defaultId: 0, cancelId: 0, buttons: ['계속 쓰기', '끝내기'] });
    expect(options.detail).not.toContain('트레이');
  });
});
