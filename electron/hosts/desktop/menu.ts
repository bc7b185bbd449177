/** The native menu: files and editing here, everything else from the page's one list of actions. */
import type { Menu, MenuItemConstructorOptions } from 'electron';
import type { MenuRoom, ShellWord } from '#shared/contract/index.ts';
import { acceleratorOf } from './accelerator.ts';
import { type Words, wordsIn } from './words.ts';

/** What the menu starts. */
export interface MenuActs {
  importFiles(): void;
  showDataFolder(): void;
  /** An action of the page, by its id. */
  act(id: string): void;
}

/** The list of one page, as its shell shows it. */
export type PageMenu = Extract<ShellWord, { readonly kind: 'menu' }>;

/** Under which id an action stands in the menu. */
export function menuItemId(actionId: string): string {
  return `act:${actionId}`;
}

function roomItem({ label, actions }: MenuRoom, acts: MenuActs): MenuItemConstructorOptions {
  return {
    label,
    submenu: actions.map((action): MenuItemConstructorOptions => {
      const accelerator = acceleratorOf(action.keys);
      return {
        id: menuItemId(action.id),
        // "&" would underline the letter after it.
        label: action.label.replaceAll('&', '&&'),
        enabled: action.enabled,
        // The page has the key first and takes it; shown here, and on Windows and Linux not registered a second time.
        ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
        click: () => acts.act(action.id),
      };
    }),
  };
}

function fileMenu(words: Words, mac: boolean, acts: MenuActs): MenuItemConstructorOptions {
  return {
    label: words('file'),
    submenu: [
      { label: words('importFiles'), accelerator: 'CmdOrCtrl+O', click: () => acts.importFiles() },
      { label: words('dataFolder'), click: () => acts.showDataFolder() },
      { type: 'separator' },
      // On macOS quitting belongs to the first menu.
      mac ? { role: 'close', label: words('close') } : { role: 'quit', label: words('quit') },
    ],
  };
}

/** The first menu of macOS. */
function macMenu(words: Words): MenuItemConstructorOptions {
  return {
    label: words('name'),
    submenu: [
      { role: 'about', label: words('about') },
      { type: 'separator' },
      { role: 'services', label: words('services') },
      { type: 'separator' },
      { role: 'hide', label: words('hide') },
      { role: 'hideOthers', label: words('hideOthers') },
      { role: 'unhide', label: words('unhide') },
      { type: 'separator' },
      { role: 'quit', label: words('quit') },
    ],
  };
}

function editMenu(words: Words): MenuItemConstructorOptions {
  return {
    label: words('edit'),
    submenu: [
      { role: 'undo', label: words('undo') },
      { role: 'redo', label: words('redo') },
      { type: 'separator' },
      { role: 'cut', label: words('cut') },
      { role: 'copy', label: words('copy') },
      { role: 'paste', label: words('paste') },
      { role: 'selectAll', label: words('selectAll') },
    ],
  };
}

function windowMenu(words: Words, mac: boolean, packaged: boolean): MenuItemConstructorOptions {
  return {
    label: words('window'),
    // macOS lists the open windows under this role.
    ...(mac ? { role: 'window' as const } : {}),
    submenu: [
      { role: 'minimize', label: words('minimize') },
      ...(mac
        ? [{ role: 'front' as const, label: words('front') }]
        : [{ role: 'close' as const, label: words('close') }]),
      { type: 'separator' },
      { role: 'resetZoom', label: words('resetZoom') },
      { role: 'zoomIn', label: words('zoomIn') },
      { role: 'zoomOut', label: words('zoomOut') },
      { role: 'togglefullscreen', label: words('fullScreen') },
      ...(packaged ? [] : [{ role: 'toggleDevTools' as const, label: words('devTools') }]),
    ],
  };
}

/** The menu as a template. `page`: the list of the page in front; null before it has told one. */
export function menuTemplate(parts: {
  readonly platform: NodeJS.Platform;
  readonly packaged: boolean;
  readonly words: Words;
  readonly page: PageMenu | null;
  readonly acts: MenuActs;
}): MenuItemConstructorOptions[] {
  const { words, acts } = parts;
  const mac = parts.platform === 'darwin';
  const rooms = parts.page?.rooms.filter(({ actions }) => actions.length > 0) ?? [];
  const help = rooms
    .filter(({ id }) => id === 'help')
    // macOS puts its search of the menus there.
    .map((room) => ({ ...roomItem(room, acts), ...(mac ? { role: 'help' as const } : {}) }));
  return [
    ...(mac ? [macMenu(words)] : []),
    fileMenu(words, mac, acts),
    editMenu(words),
    ...rooms.filter(({ id }) => id !== 'help').map((room) => roomItem(room, acts)),
    windowMenu(words, mac, parts.packaged),
    ...help,
  ];
}

/** What decides how a list looks apart from which of its actions can run now. */
function shapeOf(page: PageMenu): string {
  return JSON.stringify([
    page.language,
    page.rooms.map(({ id, label, actions }) => [id, label, actions.map((each) => [each.id, each.label, each.keys])]),
  ]);
}

/** What the menu is made with. */
export interface AppMenuParts {
  readonly menu: Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'>;
  readonly platform: NodeJS.Platform;
  readonly packaged: boolean;
  readonly acts: MenuActs;
}

/** Keeps the application's menu the same as the list of the page in front. */
export class AppMenu {
  readonly #parts: AppMenuParts;
  #built: ReturnType<typeof Menu.buildFromTemplate> | null = null;
  #shape: string | null = null;

  constructor(parts: AppMenuParts) {
    this.#parts = parts;
  }

  /** Builds it anew where names or keys have changed; else only greys actions out or back, so that an open menu stays open. */
  show(page: PageMenu | null): void {
    const shape = page ? shapeOf(page) : '';
    if (this.#built !== null && shape === this.#shape) {
      for (const { id, enabled } of page?.rooms.flatMap(({ actions }) => actions) ?? []) {
        const item = this.#built.getMenuItemById(menuItemId(id));
        if (item && item.enabled !== enabled) item.enabled = enabled;
      }
      return;
    }
    const { menu, ...rest } = this.#parts;
    this.#built = menu.buildFromTemplate(menuTemplate({ ...rest, words: wordsIn(page?.language ?? 'ko'), page }));
    this.#shape = shape;
    menu.setApplicationMenu(this.#built);
  }
}
