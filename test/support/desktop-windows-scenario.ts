/** Parts of the desktop's scenario that end the program: windows that come back where they stood, and the question before quitting. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as electron from 'electron';
import { barePage, choose, nextQuestion, type PageEnd, seen, shownWindow, tell, until } from './desktop-stage.ts';

const { app } = electron;

/** The file of the windows' places. */
function placesFile(): string {
  return readFileSync(join(app.getPath('userData'), '..', 'windows.json'), 'utf8');
}

/** Opens two windows, puts them somewhere, opens and closes a third, quits. */
export async function placesFirst(main: Electron.BrowserWindow): Promise<void> {
  const page = await barePage(main.webContents);
  await page.run(`void window.open('/?window=w2')`);
  const second = await shownWindow('w2');
  await page.run(`void window.open('/?window=w3')`);
  const third = await shownWindow('w3');
  main.setBounds({ x: 40, y: 60, width: 1_300, height: 800 });
  second.setBounds({ x: 300, y: 120, width: 700, height: 500 });
  second.maximize();
  third.close();
  // Written down while everything stands open, not at the end.
  await until('the places', () => /"width":1300/.test(placesFile()) && /"maximized":true/.test(placesFile()));
  tell('places kept', JSON.parse(placesFile()));
  app.quit();
}

/** Tells what came back, then quits. */
export async function placesAgain(main: Electron.BrowserWindow): Promise<void> {
  const expected = Number(process.env['SCENARIO_WINDOWS'] ?? '1');
  await until(
    'the windows',
    () => electron.BrowserWindow.getAllWindows().filter((each) => each.isVisible()).length >= expected,
  );
  await new Promise((done) => setTimeout(done, 300));
  const areas = electron.screen.getAllDisplays().map(({ workArea }) => workArea);
  const bounds = main.getNormalBounds();
  tell('places', {
    windows: electron.BrowserWindow.getAllWindows()
      .map((each) => ({ url: each.webContents.getURL(), maximized: each.isMaximized() }))
      .toSorted((a, b) => a.url.length - b.url.length),
    main: bounds,
    onDisplay: areas.some(
      (area) =>
        bounds.x >= area.x &&
        bounds.y >= area.y &&
        bounds.x + bounds.width <= area.x + area.width &&
        bounds.y + bounds.height <= area.y + area.height,
    ),
  });
  app.quit();
}

/** A resting order far from the market and a conditional order, in the simulation. */
async function leaveOrders(page: PageEnd): Promise<void> {
  await page.send({ kind: 'open', id: 10, stream: 'simulation.status', input: {} });
  const status = (await page.next(10)).frame['items'] as { readonly sessionDate: string }[];
  const accounts = (await page.ask(11, 'trading.accounts', {})).value as { readonly accountId: string }[];
  const accountId = accounts[0]?.accountId;
  const instrumentId = 'KRX:005930';
  await page.send({ kind: 'open', id: 12, stream: 'market.quotes', input: { instrumentIds: [instrumentId] } });
  const [quote] = (await page.next(12)).frame['items'] as { readonly base: number }[];
  const near = (times: number): number => Math.floor(((quote?.base ?? 0) * times) / 1_000) * 1_000;
  const order = await page.ask(13, 'trading.submit', {
    requestId: 'desktop-order-1',
    accountId,
    instrumentId,
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    price: near(0.8),
    quantity: 1,
  });
  const leg = {
    accountId,
    instrumentId,
    side: 'buy',
    trigger: { kind: 'price', when: 'atOrAbove', price: near(1.25) },
    type: 'market',
    price: null,
    quantity: 1,
    expires: status[0]?.sessionDate,
  };
  const kept = await page.ask(14, 'trading.placeMandate', { requestId: 'desktop-mandate-1', legs: [leg] });
  tell('left', { order: order.value ?? order, mandate: kept.kind === 'result' ? 'result' : kept });
}

/** Wants to quit with orders open: stays, goes to the tray and comes back, then really quits. */
export async function leaveWithOrders(main: Electron.BrowserWindow): Promise<void> {
  const page = await barePage(main.webContents);
  await page.begin();
  await leaveOrders(page);
  app.quit();
  const first = await nextQuestion();
  app.quit();
  main.close();
  await new Promise((done) => setTimeout(done, 200));
  tell('question', { options: first.options, twice: seen.questions.length > 0 });
  first.answer(0);
  await new Promise((done) => setTimeout(done, 50));
  tell('stayed', { visible: main.isVisible(), alive: (await page.ask(20, 'system.about', {})).kind });

  main.close();
  (await nextQuestion()).answer(1);
  await until('the tray', () => !main.isVisible());
  tell('in tray', { alive: (await page.ask(21, 'system.about', {})).kind });
  choose(seen.trayMenu, '마루 보기');
  tell('from tray', { visible: main.isVisible() });

  choose(seen.trayMenu, '끝내기');
  const last = await nextQuestion();
  last.answer(2);
  // On the way out, another wish changes nothing.
  app.quit();
  app.quit();
  await until('the end', () => seen.questions.length > 0);
}

/** Ends without the user: by the system's shutdown, or a signal, with orders open. */
export function endedBy(end: () => void): (main: Electron.BrowserWindow) => Promise<void> {
  return async (main) => {
    const page = await barePage(main.webContents);
    await page.begin();
    await leaveOrders(page);
    end();
    await until('the end', () => seen.questions.length > 0);
    tell('asked', true);
  };
}

/** The system shuts down; it waits as long as the default is prevented. */
export function shutDown(): void {
  let waits = false;
  electron.powerMonitor.emit('shutdown', { preventDefault: () => (waits = true) });
  tell('system waits', waits);
}
