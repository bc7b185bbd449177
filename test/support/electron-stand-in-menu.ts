/** The menu of the stand-in: items made of a template, found by id, pressed by a click. */

interface Template {
  readonly id?: string;
  readonly label?: string;
  readonly type?: string;
  readonly role?: string;
  readonly enabled?: boolean;
  readonly accelerator?: string;
  readonly registerAccelerator?: boolean;
  readonly submenu?: readonly Template[];
  readonly click?: () => void;
}

class MenuItem {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly role: string | undefined;
  readonly accelerator: string | undefined;
  readonly registerAccelerator: boolean;
  readonly submenu: Menu | undefined;
  /** @cites api/menu-item "A `boolean` indicating whether the item is enabled." */
  enabled: boolean;
  readonly #pressed: (() => void) | undefined;

  constructor(template: Template) {
    this.id = template.id ?? '';
    this.label = template.label ?? '';
    this.type = template.type ?? (template.submenu ? 'submenu' : 'normal');
    this.role = template.role;
    this.accelerator = template.accelerator;
    this.registerAccelerator = template.registerAccelerator ?? true;
    this.submenu = template.submenu ? Menu.buildFromTemplate(template.submenu) : undefined;
    this.enabled = template.enabled ?? true;
    this.#pressed = template.click;
  }
  /** @cites api/menu-item "A `Function` that is fired when the MenuItem receives a click event." */
  click(): void {
    if (this.enabled) this.#pressed?.();
  }
}

export class Menu {
  static #application: Menu | null = null;
  /** @cites api/menu "A `MenuItem[]` array containing the menu's items." */
  readonly items: MenuItem[];

  constructor(items: MenuItem[]) {
    this.items = items;
  }
  /** @cites api/menu "Generally, the `template` is an array of `options` for constructing a MenuItem." */
  static buildFromTemplate(template: readonly Template[]): Menu {
    return new Menu(template.map((each) => new MenuItem(each)));
  }
  /** @cites api/menu "Sets `menu` as the application menu on macOS. On Windows and Linux, the `menu` will be set as each window's top menu." */
  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu;
  }
  /** @cites api/menu "The application menu, if set, or `null`, if not set." */
  static getApplicationMenu(): Menu | null {
    return Menu.#application;
  }
  /** @cites api/menu "the item with the specified `id`" */
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}
