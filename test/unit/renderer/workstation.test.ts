/** Choosing what to look at, and what that does to an order being written. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { epochMs } from '#shared/time/index.ts';
import { Workstation } from '../../../renderer/client/workstation.ts';
import { useDesk } from '../../../renderer/store/desk.ts';
import { draftOf, setDraft } from '../../../renderer/store/draft.ts';
import { NOTICES_LIMIT, useOverlay } from '../../../renderer/store/overlay.ts';
import { useView } from '../../../renderer/store/view.ts';

const clock = { now: () => epochMs(0), monotonicMs: () => 0 };
const still = { cancel: () => undefined };
const timers = { after: () => still, every: () => still, yieldTurn: () => undefined };
let count = 0;
const workstation = new Workstation({
  clock,
  timers,
  ids: { next: () => `id-${(count += 1)}` },
  report: () => undefined,
});

beforeEach(() => {
  useView.setState({ instrumentId: 'KRX:005930', watchlist: [] });
  setDraft({ priceText: '55,700', quantityText: '150', side: 'sell' });
  useOverlay.setState({ notices: [] });
});

describe('choosing another issue', () => {
  it('leaves no price or quantity of the old one in the ticket', () => {
    workstation.select('KRX:000660');
    expect(useView.getState().instrumentId).toBe('KRX:000660');
    expect(draftOf(null)).toMatchObject({ priceText: '', quantityText: '', side: 'sell' });
  });

  it('keeps the draft where nothing changes', () => {
    workstation.select('KRX:005930');
    expect(draftOf(null)).toMatchObject({ priceText: '55,700', quantityText: '150' });
  });
});

describe('issues that were searched for', () => {
  it('are remembered, newest first and each once', () => {
    useView.setState({ recents: [] });
    for (const id of ['KRX:000660', 'KRX:005930', 'KRX:000660']) workstation.found(id);
    expect(useView.getState().recents).toEqual(['KRX:000660', 'KRX:005930']);
    for (let i = 0; i < 30; i += 1) workstation.found(`KRX:${String(i).padStart(6, '0')}`);
    expect(useView.getState().recents).toHaveLength(20);
  });
});

describe('an act while the line is down', () => {
  it('is not done and says so', async () => {
    expect(await workstation.act(() => Promise.resolve('done'))).toBeNull();
    expect(useOverlay.getState().notices.at(-1)?.body).toContain('PIPE_CLOSED');
  });

  it('never fills the screen with notices', async () => {
    for (let i = 0; i < NOTICES_LIMIT + 5; i += 1) await workstation.act(() => Promise.resolve());
    expect(useOverlay.getState().notices).toHaveLength(NOTICES_LIMIT);
  });
});

describe('a market clock that goes back', () => {
  it('asks for every value again: the new ones may have come before the clock told', () => {
    const opened: string[] = [];
    let tell: (status: unknown) => void = () => undefined;
    const stream =
      (name: string) =>
      (_input: unknown, listener: { readonly batch: (items: readonly never[]) => void }): (() => void) => {
        opened.push(name);
        if (name === 'status') tell = (status) => listener.batch([status as never]);
        return () => undefined;
      };
    const never = (): Promise<never> => new Promise(() => undefined);
    const client = {
      market: { book: stream('book'), state: stream('state'), quotes: stream('quotes'), instruments: never },
      trading: { desk: stream('desk') },
      simulation: { status: stream('status') },
      threats: { follow: stream('threats'), scores: stream('scores') },
      environment: { status: stream('environment') },
      kis: { health: stream('line') },
      system: { health: stream('health'), about: never, preferences: never },
    } as never;
    const station = new Workstation({ clock, timers, ids: { next: () => 'id' }, report: () => undefined });
    const detach = station.attach(client);
    station.bus.watchBook('KRX:005930', () => undefined);
    const plan = { mode: 'synthetic', seed: 1 };
    tell({ plan, sessionDate: '2026-11-25', simTs: 1_000 });
    tell({ plan, sessionDate: '2026-11-25', simTs: 2_000 });
    const count = (name: string): number => opened.filter((each) => each === name).length;
    expect([count('book'), count('state')]).toEqual([1, 1]);
    tell({ plan, sessionDate: '2026-11-25', simTs: 500 });
    expect([count('book'), count('state')]).toEqual([2, 2]);
    detach();
  });
});

describe('amending an order', () => {
  type Ask = { readonly requestId: string; readonly orderId: string; readonly price: number };

  function stationThatLoses() {
    const asked: Ask[] = [];
    let lose = true;
    const stream = () => () => undefined;
    const never = (): Promise<never> => new Promise(() => undefined);
    const client = {
      market: { state: stream, quotes: stream, instruments: never },
      trading: {
        desk: stream,
        replace: (ask: Ask) => {
          asked.push(ask);
          return lose ? Promise.reject(new AppError('PIPE_CLOSED')) : Promise.resolve({ reason: null });
        },
      },
      simulation: { status: stream },
      threats: { follow: stream, scores: stream },
      environment: { status: stream },
      kis: { health: stream },
      system: { health: stream, about: never, preferences: never },
      documents: { problems: never },
    } as never;
    let ids = 0;
    const station = new Workstation({ clock, timers, ids: { next: () => `r${(ids += 1)}` }, report: () => undefined });
    station.attach(client);
    const settle = async (): Promise<void> => {
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    };
    const idsOf = () => asked.map((ask) => ask.requestId);
    return { station, asked, idsOf, settle, answer: () => (lose = false) };
  }
  const numbered = (brokerOrderNo: string): void =>
    useDesk.setState({ orders: new Map([['o', { orderId: 'o', brokerOrderNo } as Order]]) });

  it('keeps its request id until an answer comes, so that a repeat cannot replace twice', async () => {
    numbered('1');
    const { station, idsOf, settle, answer } = stationThatLoses();
    station.replaceOrder('o', 100);
    await settle();
    station.replaceOrder('o', 100);
    await settle();
    answer();
    station.replaceOrder('o', 100);
    await settle();
    station.replaceOrder('o', 100);
    const [first, second, third, fourth] = idsOf();
    expect([second, third]).toEqual([first, first]);
    expect(fourth).not.toBe(first);
  });

  it('is another gesture at another price, and once the order has got another number', async () => {
    numbered('1');
    const { station, idsOf, settle } = stationThatLoses();
    station.replaceOrder('o', 100);
    await settle();
    station.replaceOrder('o', 200);
    await settle();
    station.replaceOrder('o', 100);
    await settle();
    numbered('2');
    station.replaceOrder('o', 100);
    await settle();
    expect(new Set(idsOf()).size).toBe(4);
  });

  it('takes the id of a caller that repeats itself', () => {
    numbered('1');
    const { station, idsOf } = stationThatLoses();
    station.replaceOrder('o', 100, 'mine');
    station.replaceOrder('o', 100, 'mine');
    expect(idsOf()).toEqual(['mine', 'mine']);
  });
});
