/** Drives the real workstation: the built core headless, and Chromium on its address. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import type { OrderType } from '#shared/domain/index.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const START_MS = 90_000;
const STOP_MS = 20_000;
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A core that runs in its own process on a data folder. */
export interface CoreProcess {
  /** Address with its one-time token. */
  readonly url: string;
  readonly process: ChildProcess;
  /** All it said on standard error. */
  errors(): string;
  /** Ends it in order (SIGTERM), or at once (SIGKILL). */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Starts the built core on a data folder and waits for its address. */
export async function startCore(dataDir: string, args: readonly string[] = []): Promise<CoreProcess> {
  const entry = join(ROOT, 'out', 'main', 'headless.js');
  if (!existsSync(entry)) throw new Error('The program is not built: run `npm run build` first.');
  const child = spawn(process.execPath, [entry, '--port', '0', '--keys', 'memory', '--data', dataDir, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    const late = setTimeout(() => reject(new Error(`No address within ${START_MS} ms: ${errors}`)), START_MS);
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(output);
      if (!found || !output.includes('\n')) return;
      clearTimeout(late);
      resolve(found[0]);
    });
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`The core ended with ${code}: ${errors}`));
    });
  });
  return {
    url,
    process: child,
    errors: () => errors,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(late);
    },
  };
}

/** A fresh data folder, and how to be rid of it. */
export function temporaryDataDir(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'maru-e2e-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The browser found on this machine, or null. */
export function browserPath(): string | null {
  return BROWSERS.find((path) => existsSync(path)) ?? null;
}

/** Opens Chromium; the machine's own, without its background traffic. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = browserPath();
  if (!executablePath) throw new Error('Chromium is missing: install the package `chromium`.');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-sync',
    ],
  });
}

/** The workstation in a page, with the errors that its console and its requests met. */
export interface Screen {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly problems: string[];
}

/** Opens the workstation at an address. */
export async function openScreen(
  browser: Browser,
  url: string,
  size: { readonly width: number; readonly height: number } = { width: 1920, height: 1080 },
): Promise<Screen> {
  const context = await browser.newContext({ viewport: size, locale: 'ko-KR', timezoneId: 'Asia/Seoul' });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(url);
  return { page, context, problems };
}

/** Chooses an order type in the ticket, as a hand does: the list, then the entry. */
export async function chooseOrderType(page: Page, type: OrderType): Promise<void> {
  await page.getByTestId('ticket-type').click();
  await page.getByTestId(`ticket-type-${type}`).click();
}

/** An offline KIS that runs in its own process. */
export interface EmulatorProcess {
  /** The one line it printed on start. */
  readonly line: {
    readonly rest: string;
    readonly ws: string;
    readonly appKey: string;
    readonly appSecret: string;
    readonly account: string;
    readonly htsId: string;
    readonly env: 'paper' | 'real';
  };
  /** Puts faults into force, in the words of docs/emulator.md. */
  fault(...wishes: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
  /** Holds the market's clock. */
  pause(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the offline KIS by its command and waits for its line. */
export async function startEmulator(args: readonly string[]): Promise<EmulatorProcess> {
  const child = spawn(process.execPath, [join(ROOT, 'out', 'main', 'cli.js'), 'emulator', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await new Promise<EmulatorProcess['line']>((resolve, reject) => {
    let output = '';
    const late = setTimeout(() => reject(new Error(`No line within ${START_MS} ms: ${errors}`)), START_MS);
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (!output.includes('\n')) return;
      clearTimeout(late);
      resolve(JSON.parse(output) as EmulatorProcess['line']);
    });
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`The offline KIS ended with ${code}: ${errors}`));
    });
  });
  const command = async (path: string, body: unknown): Promise<void> => {
    const answer = await fetch(`${line.rest}/emulator/${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`The offline KIS refused the command: ${await answer.text()}`);
  };
  return {
    line,
    fault: (...wishes) => command('faults', wishes),
    pause: () => command('market', { do: 'pause' }),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(late);
    },
  };
}
