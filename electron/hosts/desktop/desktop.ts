/** Opens the desktop: one instance a data folder, the core, then its windows; closes in the opposite order. */
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
} from 'electron';
import type { App } from '#core/app/index.ts';
import { systemTimers } from '#core/platform/index.ts';
import { toEnvelope } from '#shared/errors/index.ts';
import type { Logger } from '#shared/ports.ts';
import { SHELL_CHANNEL } from './channel.ts';
import { type CoreClient, CoreWatch } from './core-watch.ts';
import { importByDialog } from './import-dialog.ts';
import { AppMenu, type MenuActs } from './menu.ts';
import { refusePermissions } from './navigation.ts';
import { announceScheme, servePage } from './page.ts';
import { PageWords } from './page-words.ts';
import { printByDialog } from './print-dialog.ts';
import { PagePipes } from './pipe.ts';
import { Quitting } from './quitting.ts';
import { trayFacts, TraySign } from './tray.ts';
import { WindowStates } from './window-states.ts';
import { Windows } from './windows.ts';
import { type Language, wordsIn } from './words.ts';

/** The name under which Windows knows the program; the same as `appId` of the packed one. */
const APP_ID = 'io.github.maru.workstation';

/** The core as the desktop needs it. */
export interface DesktopCore {
  readonly app: App;
  /** A client of the core in this process. */
  readonly client: CoreClient;
  readonly logger: Logger;
}

/** What the desktop is given. */
export interface DesktopOptions {
  readonly dataDir: string;
  /** Where the window keeps what Chromium stores. */
  readonly profileDir: string;
  /** The built preload and the built screen. */
  readonly preload: string;
  readonly pageDir: string;
  /** Composes the core; called once, after this instance holds the lock. */
  readonly openCore: () => Promise<DesktopCore>;
}

/** Everything around the core while it runs. */
class Desktop {
  readonly #core: DesktopCore;
  readonly #options: DesktopOptions;
  readonly #windows: Windows;
  readonly #words: PageWords;
  readonly #menu: AppMenu;
  readonly #watch: CoreWatch;
  readonly #quitting: Quitting;
  #tray: TraySign | null = null;
  #language: Language = 'ko';

  constructor(core: DesktopCore, options: DesktopOptions) {
    this.#core = core;
    this.#options = options;
    const { logger, client } = core;
    const words = () => wordsIn(this.#language);
    const pipes = new PagePipes({ ipcMain, logger, serve: (pipe) => core.app.serve(pipe, 'desktop') });
    this.#words = new PageWords({
      ipcMain,
      logger,
      told: (contents, word) => {
        if (word.kind === 'show') this.#windows.showOf(contents);
        else if (word.kind === 'pdf')
          void printByDialog({ dialog, contents, words: wordsIn(this.#language), name: word.name });
        else this.#takeLanguage(word.language);
        this.#showMenu();
      },
    });
    this.#windows = new Windows({
      create: (wished) => new BrowserWindow(wished),
      app,
      screen,
      dialog,
      shell,
      timers: systemTimers,
      logger,
      preload: options.preload,
      states: new WindowStates(join(options.dataDir, 'windows.json'), logger),
      words,
      listen: (contents) => {
        pipes.listen(contents);
        this.#words.listen(contents);
      },
      lastCloses: () => this.#quitting.wish(),
      sessionEnds: () => this.#quitting.now(),
    });
    this.#menu = new AppMenu({ menu: Menu, platform: process.platform, packaged: app.isPackaged, acts: this.#acts() });
    this.#watch = new CoreWatch({ client, timers: systemTimers, changed: () => this.#showTray() });
    this.#quitting = new Quitting({
      app,
      dialog,
      logger,
      stillOpen: () => this.#watch.stillOpen(),
      environment: () => this.#watch.state.status?.environment ?? 'simulation',
      words,
      window: () => {
        const window = this.#windows.current();
        return window?.isVisible() === true ? window : null;
      },
      hasTray: () => this.#tray !== null,
      toTray: () => this.#windows.hide(),
      stay: () => {
        // Whoever stays in the tray stays there.
        if (this.#windows.size === 0) this.#windows.show();
      },
      leave: () => this.#windows.leave(),
      closeCore: async () => {
        this.#watch.stop();
        this.#tray?.destroy();
        await core.app.close();
      },
    });
  }

  open(): void {
    servePage(protocol, this.#options.pageDir);
    refusePermissions(session.defaultSession);
    this.#openTray();
    this.#watch.start();
    this.#core.client.system.preferences({}).then(
      ({ language }) => this.#takeLanguage(language),
      (error: unknown) => this.#core.logger.warn('language not read', { error }),
    );
    this.#showMenu();
    app.on('browser-window-focus', () => this.#showMenu());
    app.on('second-instance', () => this.#windows.show());
    app.on('activate', () => this.#windows.show());
    const now = (): void => this.#quitting.now();
    process.on('SIGINT', now);
    process.on('SIGTERM', now);
    // Linux and macOS wait for us as long as the default is prevented; the records are closed meanwhile.
    powerMonitor.on('shutdown', (event?: { preventDefault?: () => void }) => {
      event?.preventDefault?.();
      now();
    });
    this.#windows.openAll();
  }

  #acts(): MenuActs {
    const { logger, client } = this.#core;
    return {
      importFiles: () => {
        const window = this.#windows.current();
        if (!window) return;
        importByDialog({
          dialog,
          window,
          words: wordsIn(this.#language),
          importFiles: (paths) => client.data.importKrxEod({ files: paths.map((path) => ({ path })) }),
        }).catch((error: unknown) => logger.error('import dialog failed', { error }));
      },
      showDataFolder: () => void shell.openPath(this.#options.dataDir),
      act: (id) => {
        const window = this.#windows.current();
        if (!window) return;
        if (!window.isVisible()) this.#windows.show();
        window.webContents.send(SHELL_CHANNEL, id);
      },
    };
  }

  #takeLanguage(language: Language): void {
    if (language === this.#language) return;
    this.#language = language;
    this.#showTray();
  }

  #showMenu(): void {
    this.#menu.show(this.#words.menuOf(this.#windows.current()?.webContents));
  }

  #openTray(): void {
    const { logger, client } = this.#core;
    try {
      this.#tray = new TraySign({
        create: (image) => new Tray(image),
        image: (png, scaleFactor) => nativeImage.createFromBuffer(png, { scaleFactor }),
        buildMenu: (template) => Menu.buildFromTemplate(template),
        platform: process.platform,
        acts: {
          show: () => this.#windows.show(),
          halt: () => {
            client.trading
              .setTradingState({ state: 'halted', note: '' })
              .catch((error: unknown) => this.#tellFailure('halt by tray failed', error));
          },
          quit: () => app.quit(),
        },
      });
      this.#showTray();
    } catch (error) {
      // A desktop without a tray: quitting does not offer it then.
      logger.warn('no tray here', { error });
    }
  }

  #showTray(): void {
    this.#tray?.show(trayFacts(this.#watch.state), wordsIn(this.#language));
  }

  #tellFailure(what: string, error: unknown): void {
    this.#core.logger.error(what, { error });
    const { messageKo, actionKo } = toEnvelope(error);
    dialog.showErrorBox(messageKo, actionKo);
  }
}

async function run(options: DesktopOptions): Promise<void> {
  await app.whenReady();
  let core: DesktopCore;
  try {
    core = await options.openCore();
  } catch (error) {
    const told = toEnvelope(error);
    process.stderr.write(`${told.messageKo} ${told.actionKo}\n`);
    dialog.showErrorBox(told.messageKo, told.actionKo);
    app.exit(1);
    return;
  }
  new Desktop(core, options).open();
}

/** Opens the desktop; call it before Electron is ready. A second instance only wakes the first. */
export function openDesktop(options: DesktopOptions): void {
  // The lock is kept in this folder: one instance for each data folder.
  app.setPath('userData', options.profileDir);
  // Windows shows notifications only of a program that it knows by this name.
  if (process.platform === 'win32') app.setAppUserModelId(APP_ID);
  app.enableSandbox();
  announceScheme(protocol);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  void run(options);
}
