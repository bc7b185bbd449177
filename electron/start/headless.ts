/** What the headless entry starts: the core, the web door, and a browser window where one is wanted. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findBrowser, openAppWindow, type AppWindow } from '#core/hosts/browser/index.ts';
import { startWebHost, type WebHost } from '#core/hosts/web/index.ts';
import { chooseDataDir, systemClock, systemTimers } from '#core/platform/index.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import { openCore, serveOn, type RunningCore } from './core.ts';
import { fileShelf } from './session-file.ts';

/** Longest wait for the records to close, milliseconds; after it the process ends anyway. */
const CLOSING_MS = 20_000;
const HIGHEST_PORT = 65_535;

interface Flags {
  readonly port: number;
  readonly dataDir: string;
  readonly window: boolean;
  /** The web door may open an official real endpoint for orders. */
  readonly allowReal: boolean;
  readonly keys: 'keychain' | 'memory';
}

function readFlags(args: readonly string[]): Flags {
  let values: {
    readonly port?: string;
    readonly data?: string;
    readonly window?: boolean;
    readonly 'allow-real'?: boolean;
    readonly keys?: string;
  };
  try {
    const options = {
      port: { type: 'string' },
      data: { type: 'string' },
      window: { type: 'boolean' },
      'allow-real': { type: 'boolean' },
      keys: { type: 'string' },
    } as const;
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (error) {
    throw new AppError('INPUT_INVALID', { where: '명령줄', why: (error as Error).message });
  }
  const port = Number(values.port ?? '0');
  if (!Number.isInteger(port) || port < 0 || port > HIGHEST_PORT || values.port === '') {
    throw new AppError('INPUT_INVALID', { where: '--port', why: '0에서 65535 사이의 정수여야 합니다.' });
  }
  const keys = values.keys ?? 'keychain';
  if (keys !== 'keychain' && keys !== 'memory') {
    throw new AppError('INPUT_INVALID', { where: '--keys', why: 'keychain, memory 가운데 하나여야 합니다.' });
  }
  const facts = { platform: process.platform, env: process.env, home: homedir(), cwd: process.cwd() };
  return {
    port,
    dataDir: chooseDataDir(values.data, facts),
    window: values.window === true,
    allowReal: values['allow-real'] === true,
    keys,
  };
}

function tell(error: unknown): void {
  const told = toEnvelope(error);
  process.stderr.write(`${told.messageKo} ${told.actionKo}\n`);
  if (told.family === 'bug')
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

/** Closes once, whoever asks: a signal, the parent going away, the window. */
function closeOnRequest(parts: {
  readonly core: RunningCore;
  readonly web: WebHost;
  readonly window: AppWindow | null;
}): (code: number) => void {
  const { core, web, window } = parts;
  let closing = false;
  const close = (code: number): void => {
    if (closing) return;
    closing = true;
    systemTimers.after(CLOSING_MS, () => process.exit(1));
    window?.close();
    web
      .close()
      .then(() => core.close())
      .then(
        () => process.exit(code),
        (error: unknown) => {
          tell(error);
          process.exit(1);
        },
      );
  };
  process.on('SIGINT', () => close(0));
  process.on('SIGTERM', () => close(0));
  process.on('SIGHUP', () => close(0));
  // The starter holds an IPC channel; when it is gone, nobody watches over this process.
  process.on('disconnect', () => close(0));
  return close;
}

function openWindow(dataDir: string, url: string): AppWindow | null {
  const browser = findBrowser(process.platform, process.env);
  if (browser === null) return null;
  return openAppWindow({
    browser,
    url,
    profileDir: join(dataDir, 'browser'),
    superuser: process.getuid?.() === 0,
    monotonicMs: () => systemClock.monotonicMs(),
  });
}

/** Serves the workstation on the loopback address; the address, with its one-time token, is the only line on standard output. */
export async function startHeadless(args: readonly string[]): Promise<void> {
  let core: RunningCore | null = null;
  try {
    const flags = readFlags(args);
    const running = await openCore({
      dataDir: flags.dataDir,
      host: 'web',
      allowReal: flags.allowReal,
      keys: flags.keys,
    });
    core = running;
    const web = await startWebHost({
      port: flags.port,
      staticDir: fileURLToPath(new URL('../renderer', import.meta.url)),
      logger: running.logger.child('web'),
      timers: systemTimers,
      sessions: fileShelf({
        path: join(flags.dataDir, 'web-sessions.json'),
        clock: systemClock,
        logger: running.logger.child('web'),
      }),
      serve: serveOn(running.app),
    });
    const window = flags.window ? openWindow(flags.dataDir, web.mintUrl()) : null;
    const close = closeOnRequest({ core: running, web, window });
    if (window && (await window.closed)) {
      close(0);
      return;
    }
    if (flags.window) process.stderr.write('브라우저 창을 열지 못했습니다. 아래 주소를 브라우저에서 여세요.\n');
    process.stdout.write(`${web.mintUrl()}\n`);
  } catch (error) {
    tell(error);
    await core?.close();
    process.exitCode = error instanceof AppError && toEnvelope(error).family === 'input' ? 2 : 1;
  }
}
