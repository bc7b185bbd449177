/** A switch at the screen: what it forgets, what it keeps, what it asks, and what it shows when it does not come about. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { DeskDelta } from '#shared/contract/index.ts';
import type { EnvironmentStatus, SwitchBlocker } from '#shared/domain/index.ts';
import { envelope, type ErrorEnvelope } from '#shared/errors/index.ts';
import { RemoteError } from '#shared/rpc/index.ts';
import { createFakeTime, type FakeTime } from '#test/support/fake-time.ts';
import { LATE_MS } from '../../../renderer/client/environment.ts';
import { Workstation } from '../../../renderer/client/workstation.ts';
import { useCore } from '../../../renderer/store/core.ts';
import { EMPTY_DESK, useDesk } from '../../../renderer/store/desk.ts';
import { draftOf, setDraft } from '../../../renderer/store/draft.ts';
import { useEnvironment } from '../../../renderer/store/environment.ts';
import { clearHealth, useKis } from '../../../renderer/store/kis.ts';
import { useOverlay } from '../../../renderer/store/overlay.ts';
import { useView } from '../../../renderer/store/view.ts';
import { showView, useWork } from '../../../renderer/store/work.ts';

type Listener = {
  readonly batch: (items: readonly never[], info: { readonly snapshot: boolean; readonly seq: number }) => void;
  readonly end?: (error: ErrorEnvelope | null) => void;
};

/** A core of which a test holds the streams and answers the switch. */
class StubCore {
  readonly open = new Map<string, Listener>();
  readonly opened: string[] = [];
  readonly calls: { readonly input: unknown }[] = [];
  answer: () => Promise<{ done: boolean; blockers: readonly SwitchBlocker[] }> = () =>
    Promise.resolve({ done: true, blockers: [] });

  readonly client = {
    market: {
      book: this.#stream('book'),
      state: this.#stream('state'),
      quotes: this.#stream('quotes'),
      instruments: () => new Promise(() => undefined),
    },
    trading: { desk: this.#stream('desk') },
    simulation: { status: this.#stream('simulation') },
    threats: { follow: this.#stream('threats'), scores: this.#stream('scores') },
    environment: {
      status: this.#stream('environment'),
      switchTo: (input: unknown) => {
        this.calls.push({ input });
        return this.answer();
      },
      disarm: (input: unknown) => {
        this.calls.push({ input });
        return Promise.resolve({});
      },
    },
    kis: { health: this.#stream('line') },
    system: {
      health: this.#stream('health'),
      about: () => new Promise(() => undefined),
      preferences: () => new Promise(() => undefined),
    },
  } as never;

  tell(name: string, item: unknown, snapshot = false): void {
    this.open.get(name)?.batch([item as never], { snapshot, seq: 1 });
  }

  end(name: string, error: ErrorEnvelope | null): void {
    const listener = this.open.get(name);
    this.open.delete(name);
    listener?.end?.(error);
  }

  times(name: string): number {
    return this.opened.filter((each) => each === name).length;
  }

  #stream(name: string) {
    return (_input: unknown, listener: Listener) => {
      this.open.set(name, listener);
      this.opened.push(name);
      return () => {
        if (this.open.get(name) === listener) this.open.delete(name);
      };
    };
  }
}

function statusOf(change: Partial<EnvironmentStatus>): EnvironmentStatus {
  return {
    environment: 'simulation',
    connectionId: null,
    endpoint: null,
    phase: 'ready',
    reason: null,
    lock: { state: 'none', pinSet: false, armedUntilTs: null, retryAfterTs: null },
    generation: 1,
    choices: [],
    lacks: [],
    noticesKo: [],
    ...change,
  };
}

const PAPER = statusOf({ environment: 'paper', connectionId: 'abc', endpoint: 'emulator', generation: 2 });
const ORDER = {
  kind: 'alert',
  alert: { alertId: 'a', code: 'ORDER_VOID', level: 'info', titleKo: 't', bodyKo: 'b', ts: 1 },
} as const;
const SWITCHED = envelope('ENVIRONMENT_SWITCHED');

let time: FakeTime;
let core: StubCore;
let station: Workstation;

beforeEach(() => {
  time = createFakeTime();
  core = new StubCore();
  useEnvironment.setState({ status: null, change: { phase: 'idle' }, followed: null, noticedGeneration: null });
  useCore.setState({ status: null, moment: null, environment: 'simulation' });
  useDesk.setState(EMPTY_DESK, true);
  clearHealth();
  useOverlay.setState({ dialog: null, notices: [] });
  station = new Workstation({
    clock: time.clock,
    timers: time.timers,
    ids: { next: () => 'id' },
    report: (error) => {
      throw error;
    },
  });
  station.attach(core.client);
  core.tell('environment', statusOf({}));
});

/** A desk with something in it, and an order that is being written. */
function fill(): void {
  core.tell('desk', ORDER satisfies DeskDelta, true);
  setDraft({ priceText: '55,700', quantityText: '10', type: 'market', route: 'SOR' });
}

describe('another environment in force', () => {
  it('follows the streams already open where the first word is of the same start', () => {
    expect(core.times('desk')).toBe(1);
    expect(useEnvironment.getState().followed).toBe(1);
  });

  it('forgets every figure and the order being written, opens the streams anew, and keeps the layout', () => {
    fill();
    showView('rules');
    useView.setState({ watchlist: ['KRX:005930'], instrumentId: 'KRX:005930' });
    core.tell('environment', PAPER);
    expect(useDesk.getState()).toMatchObject({ ready: false, alerts: [] });
    expect(draftOf(null)).toMatchObject({ priceText: '', quantityText: '', type: 'limit', route: 'KRX' });
    expect(core.times('desk')).toBe(2);
    expect(useCore.getState().environment).toBe('paper');
    expect(useWork.getState().asked).toBe('rules');
    expect(useView.getState()).toMatchObject({ watchlist: ['KRX:005930'], instrumentId: 'KRX:005930' });
  });

  it('clears at once when the core ends a stream, and opens with the new generation', () => {
    fill();
    core.tell('environment', { ...PAPER, generation: 1, phase: 'switching' });
    expect(useDesk.getState().alerts).toHaveLength(1);
    core.end('desk', SWITCHED);
    expect(useDesk.getState().ready).toBe(false);
    expect(useEnvironment.getState().followed).toBeNull();
    expect(core.open.has('quotes') || core.open.has('simulation')).toBe(false);
    core.tell('environment', PAPER);
    expect(useEnvironment.getState().followed).toBe(2);
    expect(core.times('desk')).toBe(2);
  });

  it('does not open twice when the new generation was told before the old streams ended', async () => {
    core.tell('environment', PAPER);
    core.end('desk', null);
    await time.advance(LATE_MS * 2);
    expect(core.times('desk')).toBe(2);
  });

  it('opens again by itself where no new generation is ever told', async () => {
    core.end('desk', SWITCHED);
    expect(core.times('desk')).toBe(1);
    await time.advance(LATE_MS);
    expect(core.times('desk')).toBe(2);
    expect(useEnvironment.getState().followed).toBe(1);
  });

  it('reads nothing of the simulated market while KIS is in force', () => {
    core.tell('environment', PAPER);
    core.tell('simulation', { plan: { mode: 'synthetic', seed: 1 }, sessionDate: '2026-11-26', simTs: 1_000 });
    expect(useCore.getState().status).toBeNull();
  });

  it("shows the server's clock with its skew", async () => {
    core.tell('environment', PAPER);
    const skewMs = 90_000;
    core.tell('line', { connectionId: 'abc', callsPerSecond: 1, skewMs });
    await time.advance(1_000);
    expect(useCore.getState().moment?.simTs).toBe(time.clock.now() + skewMs);
  });

  it('takes a failure of the environment in force as its state, not as another environment', () => {
    core.tell('environment', PAPER);
    fill();
    core.tell('environment', { ...PAPER, phase: 'failed', reason: { code: 'X', messageKo: '가', actionKo: '나' } });
    expect(useDesk.getState().alerts).toHaveLength(1);
    expect(core.times('desk')).toBe(2);
  });
});

describe('asking for a switch', () => {
  const target = { environment: 'paper', connectionId: 'abc' } as const;
  const settle = (): Promise<void> => time.settle();

  it('is one call without a question where nothing stands in the way', async () => {
    station.switchTo(target);
    expect(useEnvironment.getState().change.phase).toBe('asking');
    await settle();
    expect(core.calls).toEqual([{ input: { ...target, confirmed: false } }]);
    expect(useEnvironment.getState().change.phase).toBe('idle');
  });

  it('lists what stands in the way and switches only after a yes', async () => {
    const blockers = [{ kind: 'unconfirmed', textKo: '삼성전자 매수 20주', orderId: 'o' }] as const;
    core.answer = () => Promise.resolve({ done: false, blockers });
    station.switchTo(target);
    await settle();
    expect(useOverlay.getState().dialog).toBe('switch');
    expect(useEnvironment.getState().change).toMatchObject({ phase: 'blocked', blockers });
    core.answer = () => Promise.resolve({ done: true, blockers: [] });
    station.switchTo(target, true);
    await settle();
    expect(core.calls.at(-1)).toEqual({ input: { ...target, confirmed: true } });
    expect(useOverlay.getState().dialog).toBeNull();
  });

  it('asks once, however often the button is pressed', async () => {
    station.switchTo(target);
    station.switchTo(target);
    await settle();
    expect(core.calls).toHaveLength(1);
  });

  it('asks nothing of an environment that is in force already', async () => {
    core.tell('environment', PAPER);
    station.switchTo(target);
    await settle();
    expect(core.calls).toEqual([]);
  });

  it('keeps the reason of a refusal beside what was wished for', async () => {
    core.answer = () => Promise.reject(new RemoteError(envelope('KIS_NO_KEYS')));
    station.switchTo(target);
    await settle();
    expect(useEnvironment.getState().change).toMatchObject({
      phase: 'refused',
      target,
      error: { code: 'KIS_NO_KEYS' },
    });
  });
});

describe('the lock of the real environment', () => {
  it('is closed by the kill key as well', () => {
    const lock = { state: 'armed', pinSet: true, armedUntilTs: 1, retryAfterTs: null } as const;
    core.tell('environment', statusOf({ environment: 'real', connectionId: 'r', generation: 2, lock }));
    useDesk.setState({ tradingState: { state: 'halted' } as never });
    station.halt();
    expect(core.calls).toHaveLength(1);
    expect(useKis.getState().health).toBeNull();
  });
});
