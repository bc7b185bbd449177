/** The way out, the look at what is open, and the file of the windows' places. */
import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { type CoreClient, CoreWatch } from '../../../electron/hosts/desktop/core-watch.ts';
import { Quitting, type QuittingParts } from '../../../electron/hosts/desktop/quitting.ts';
import { type WindowState, WindowStates } from '../../../electron/hosts/desktop/window-states.ts';
import { wordsIn } from '../../../electron/hosts/desktop/words.ts';
import { createFakeTime } from '../../support/fake-time.ts';
import { createMemoryLog } from '../../support/memory-log.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const NOTHING = { orders: 0, unconfirmed: 0, mandates: 0, imports: 0, known: true };
/** Lets promises settle. */
const turn = (): Promise<void> => createFakeTime().settle();

function leaving(change: Partial<QuittingParts> = {}) {
  const events = new EventEmitter();
  const answers: ((response: number) => void)[] = [];
  const app = Object.assign(events, {
    quit: vi.fn(() => {
      let stays = false;
      events.emit('before-quit', { preventDefault: () => (stays = true) });
      if (!stays) events.emit('will-quit', { preventDefault: vi.fn() });
    }),
    exit: vi.fn(),
  });
  const parts = {
    app,
    dialog: {
      showMessageBox: vi.fn(
        () => new Promise((done) => answers.push((response) => done({ response, checkboxChecked: false }))),
      ),
    },
    logger: createMemoryLog().logger,
    stillOpen: vi.fn(() => Promise.resolve({ ...NOTHING, orders: 1 })),
    environment: () => 'paper',
    words: () => wordsIn('ko'),
    window: () => null,
    hasTray: () => true,
    toTray: vi.fn(),
    stay: vi.fn(),
    leave: vi.fn(),
    closeCore: vi.fn(() => Promise.resolve()),
    ...change,
  };
  return { app, answers, parts, quitting: new Quitting(parts as unknown as QuittingParts) };
}

describe('quitting', () => {
  it('asks nothing where nothing is open, and closes the core before the process', async () => {
    const { app, parts } = leaving({ stillOpen: () => Promise.resolve(NOTHING) });
    app.quit();
    await turn();
    expect(parts.dialog.showMessageBox).not.toHaveBeenCalled();
    expect(parts.leave).toHaveBeenCalledOnce();
    expect(parts.closeCore).toHaveBeenCalledOnce();
    await turn();
    expect(app.exit).toHaveBeenCalledExactlyOnceWith(0);
  });

  it('stays when it is told so, and asks again at the next wish', async () => {
    const { app, answers, parts } = leaving();
    app.quit();
    await turn();
    answers[0]?.(0);
    await turn();
    expect(parts.stay).toHaveBeenCalledOnce();
    expect(parts.closeCore).not.toHaveBeenCalled();
    app.quit();
    await turn();
    expect(answers).toHaveLength(2);
    answers[1]?.(1);
    await turn();
    expect(parts.toTray).toHaveBeenCalledOnce();
  });

  it('stays when the question itself fails', async () => {
    const { app, parts } = leaving({ stillOpen: () => Promise.reject(new Error('no')) });
    app.quit();
    await turn();
    expect(parts.stay).toHaveBeenCalledOnce();
    expect(parts.closeCore).not.toHaveBeenCalled();
  });

  it('asks nobody where the system ends it, even during the question', async () => {
    const { app, answers, parts, quitting } = leaving();
    app.quit();
    await turn();
    quitting.now();
    await turn();
    expect(parts.closeCore).toHaveBeenCalledOnce();
    // The answer that comes too late changes nothing.
    answers[0]?.(0);
    app.quit();
    quitting.now();
    await turn();
    expect(parts.stay).not.toHaveBeenCalled();
    expect(parts.closeCore).toHaveBeenCalledOnce();
    expect(app.exit).toHaveBeenCalledExactlyOnceWith(0);
  });

  it('ends with a failure where the records could not be closed', async () => {
    const { app, quitting } = leaving({ closeCore: () => Promise.reject(new Error('disk')) });
    quitting.now();
    await turn();
    expect(app.exit).toHaveBeenCalledExactlyOnceWith(1);
  });
});

type Listener = { batch(items: readonly unknown[], facts: object): void; end?(error: null): void };

function watching() {
  const time = createFakeTime();
  const open = new Map<string, Listener[]>();
  const closed: string[] = [];
  const stream = (name: string) => (_input: object, listener: Listener) => {
    open.set(name, [...(open.get(name) ?? []), listener]);
    return () => void closed.push(name);
  };
  const client = {
    environment: { status: stream('status') },
    system: { health: stream('health') },
    data: { progress: stream('imports') },
    trading: { desk: stream('desk') },
  } as unknown as CoreClient;
  const changed = vi.fn();
  const watch = new CoreWatch({ client, timers: time.timers, changed });
  return { watch, time, open, closed, changed };
}

describe('the look at what is open', () => {
  const order = (state: string) => ({ kind: 'order', order: { state } });
  const mandate = (state: string) => ({ kind: 'mandate', mandate: { state } });
  const facts = { snapshot: true, seq: 1 };

  it('counts open orders, standing mandates and running imports', async () => {
    const { watch, open } = watching();
    watch.start();
    open.get('imports')?.[0]?.batch(
      [
        { importId: 'a', state: 'running' },
        { importId: 'b', state: 'running' },
        { importId: 'a', state: 'done' },
      ],
      {},
    );
    const found = watch.stillOpen();
    const states = ['accepted', 'partiallyFilled', 'unconfirmed', 'filled', 'canceled'];
    open.get('desk')?.[0]?.batch([...states.map(order), ...['armed', 'waiting', 'fired'].map(mandate)], facts);
    expect(await found).toEqual({ orders: 3, unconfirmed: 1, mandates: 2, imports: 1, known: true });
  });

  it('says that it does not know where the desk is silent', async () => {
    const { watch, time } = watching();
    const found = watch.stillOpen();
    await time.advance(3_000);
    expect(await found).toMatchObject({ known: false });
  });

  it('opens a stream that ended again, and none after the end', async () => {
    const { watch, time, open, closed } = watching();
    watch.start();
    open.get('health')?.[0]?.end?.(null);
    expect(open.get('health')).toHaveLength(1);
    await time.advance(1_000);
    expect(open.get('health')).toHaveLength(2);
    watch.stop();
    expect(closed).toEqual(expect.arrayContaining(['status', 'health', 'imports']));
    open.get('health')?.[1]?.end?.(null);
    await time.advance(5_000);
    expect(open.get('health')).toHaveLength(2);
  });
});

describe('the places of windows', () => {
  const STATE: WindowState = { x: 1, y: 2, width: 800, height: 600, maximized: false, fullScreen: false, open: true };

  it('are read back as they were written, in a file that is whole', () => {
    const path = join(tempFolder(), 'windows.json');
    const { logger } = createMemoryLog();
    const states = new WindowStates(path, logger);
    states.put('main', STATE);
    states.put('w2', { ...STATE, maximized: true });
    states.put('w3', STATE);
    states.closed('w3');
    const again = new WindowStates(path, logger);
    expect(again.open()).toEqual(['main', 'w2']);
    expect(again.get('w2')).toEqual({ ...STATE, maximized: true });
    expect(again.get('w3')).toMatchObject({ open: false });
    expect(existsSync(`${path}.partial`)).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['half a file', '{"version":1,"windows":{"main":{"x":1'],
    ['a newer version', '{"version":2,"windows":{}}'],
    ['a name that is none', JSON.stringify({ version: 1, windows: { '../x': STATE } })],
    ['a size that is none', JSON.stringify({ version: 1, windows: { main: { ...STATE, width: 0 } } })],
  ])('are left out with a line in the log: %s', (_what, text) => {
    const path = join(tempFolder(), 'windows.json');
    writeFileSync(path, text);
    const log = createMemoryLog();
    const states = new WindowStates(path, log.logger);
    expect(states.open()).toEqual([]);
    expect(JSON.stringify(log.lines)).toContain('window places ignored');
    // What is put next is kept again.
    states.put('main', STATE);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ version: 1, windows: { main: STATE } });
  });

  it('do not stop the program where they cannot be kept', () => {
    const path = join(tempFolder(), 'windows.json');
    mkdirSync(`${path}.partial`);
    const log = createMemoryLog();
    const states = new WindowStates(path, log.logger);
    states.put('main', STATE);
    expect(JSON.stringify(log.lines)).toContain('window places not kept');
    expect(states.open()).toEqual(['main']);
  });

  it('forget closed windows first when there are too many', () => {
    const { logger } = createMemoryLog();
    const path = join(tempFolder(), 'windows.json');
    const states = new WindowStates(path, logger);
    states.put('main', STATE);
    for (let n = 0; n < 80; n += 1) states.put(`w${n}`, { ...STATE, open: false });
    const again = new WindowStates(path, logger);
    expect(again.open()).toEqual(['main']);
    expect([again.get('w0'), again.get('w79')]).toEqual([null, { ...STATE, open: false }]);
  });
});
