/** Opens the desktop: one instance a data folder, the core, then its window; closes in the opposite order. */
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, session, shell } from 'electron';
import type { App } from '#core/app/index.ts';
import type { ImportReport } from '#shared/contract/index.ts';
import { toEnvelope } from '#shared/errors/index.ts';
import type { Logger } from '#shared/ports.ts';
import { importByDialog } from './import-dialog.ts';
import { menuTemplate } from './menu.ts';
import { confine } from './navigation.ts';
import { announceScheme, servePage } from './page.ts';
import { listenToPage } from './pipe.ts';
import { openPage, windowOptions } from './window.ts';

/** The core as the desktop needs it. */
export interface DesktopCore {
  readonly app: App;
  readonly logger: Logger;
  /** Imports files where they lie, as the command line does. */
  readonly importFiles: (paths: readonly string[]) => Promise<ImportReport>;
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

/** A page that dies more often than this in one run is not loaded again. */
const RELOADS = 3;

function showWindow(core: DesktopCore, options: DesktopOptions): BrowserWindow {
  const { logger } = core;
  const window = new BrowserWindow(windowOptions({ preload: options.preload, packaged: app.isPackaged }));
  const contents = window.webContents;
  confine({ contents, session: session.defaultSession, shell, logger });
  const stopListening = listenToPage({
    ipcMain,
    contents,
    logger,
    serve: (pipe) => core.app.serve(pipe, 'desktop'),
  });
  let lost = 0;
  contents.on('render-process-gone', (_event, details) => {
    logger.error('page gone', { reason: details.reason });
    if (details.reason === 'clean-exit') return;
    lost += 1;
    if (lost <= RELOADS) {
      contents.reload();
      return;
    }
    dialog.showErrorBox('마루', '화면이 거듭 멈춰 닫습니다. 기록은 그대로입니다. 앱을 다시 시작하세요.');
    app.quit();
  });
  window.on('closed', stopListening);
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate({
        platform: process.platform,
        packaged: app.isPackaged,
        acts: {
          importFiles: () => {
            importByDialog({ dialog, window, importFiles: core.importFiles }).catch((error: unknown) => {
              logger.error('import dialog failed', { error });
            });
          },
          showDataFolder: () => void shell.openPath(options.dataDir),
        },
      }),
    ),
  );
  openPage(window).catch((error: unknown) => {
    logger.error('page not opened', { error });
    dialog.showErrorBox('마루', '화면을 열지 못했습니다. 앱을 다시 시작하세요.');
    app.quit();
  });
  return window;
}

/** Quitting waits for the core to close its records; a second wish to quit changes nothing. */
function closeBeforeQuit(core: DesktopCore): void {
  let closing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    core.app.close().then(
      () => app.exit(0),
      (error: unknown) => {
        core.logger.error('core not closed', { error });
        app.exit(1);
      },
    );
  });
  const quit = (): void => app.quit();
  process.on('SIGINT', quit);
  process.on('SIGTERM', quit);
  app.on('window-all-closed', quit);
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
  closeBeforeQuit(core);
  servePage(protocol, options.pageDir);
  const window = showWindow(core, options);
  app.on('second-instance', () => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
}

/** Opens the desktop; call it before Electron is ready. A second instance only wakes the first. */
export function openDesktop(options: DesktopOptions): void {
  // The lock is kept in this folder: one instance for each data folder.
  app.setPath('userData', options.profileDir);
  app.enableSandbox();
  announceScheme(protocol);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  void run(options);
}
