/** The line to the core: opened, lost, opened again, refused. */
import { describe, expect, it } from 'vitest';
import { PROTOCOL_VERSION } from '#shared/contract/index.ts';
import { envelope } from '#shared/errors/index.ts';
import { memoryPipes, type Pipe } from '#shared/rpc/index.ts';
import { epochMs } from '#shared/time/index.ts';
import { type Door, tokenOf } from '../../../renderer/client/pipes.ts';
import { RETRY_MS, Supervisor } from '../../../renderer/client/supervisor.ts';
import type { LinkState } from '../../../renderer/store/connection.ts';

const turns = async (): Promise<void> => {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
};

/** A core that answers hello as told, and a clock that is turned by hand. */
function stand(answers: readonly ('welcome' | 'refuse' | 'down')[], reopens = true) {
  let tries = 0;
  let far: Pipe | null = null;
  let now = 0;
  const pending: { readonly at: number; readonly run: () => void; on: boolean }[] = [];
  const told: LinkState[] = [];
  const kept: (string | null)[] = [];
  let attached = 0;
  const door: Door = {
    reopens,
    credentials: () => ({ token: 't' }),
    keep: (session) => kept.push(session),
    open() {
      const answer = answers[Math.min(tries, answers.length - 1)];
      tries += 1;
      if (answer === 'down') return Promise.reject(new Error('refused'));
      const [near, core] = memoryPipes();
      far = core;
      core.onFrame(() => {
        core.send(
          answer === 'welcome'
            ? { kind: 'welcome', protocol: PROTOCOL_VERSION, session: 's' }
            : { kind: 'error', id: null, error: envelope('TOKEN_INVALID') },
        );
      });
      return Promise.resolve(near);
    },
  };
  const supervisor = new Supervisor({
    door,
    clock: { now: () => epochMs(now), monotonicMs: () => now },
    timers: {
      after(delayMs, run) {
        const entry = { at: now + delayMs, run, on: true };
        pending.push(entry);
        return { cancel: () => (entry.on = false) };
      },
      every: () => ({ cancel: () => undefined }),
      yieldTurn: (run) => run(),
    },
    schedule: (run) => run(),
    tell: (link) => told.push(link),
    attach: () => {
      attached += 1;
      return () => (attached -= 1);
    },
    report: () => undefined,
  });
  return {
    supervisor,
    told,
    kept,
    attached: () => attached,
    tries: () => tries,
    cut: async () => {
      far?.close();
      await turns();
    },
    pass: async (ms: number) => {
      now += ms;
      for (const entry of pending.splice(0)) {
        if (entry.on && entry.at <= now) entry.run();
        else if (entry.on) pending.push(entry);
      }
      await turns();
    },
  };
}

describe('the supervisor', () => {
  it('attaches once the core has welcomed it, and keeps the session', async () => {
    const line = stand(['welcome']);
    await line.supervisor.start();
    expect(line.told).toEqual([{ phase: 'open' }]);
    expect(line.kept).toEqual(['s']);
    expect(line.attached()).toBe(1);
    expect(line.supervisor.client).not.toBeNull();
  });

  it('says since when the line is lost, waits longer each time, and comes back', async () => {
    const line = stand(['welcome', 'down', 'down', 'welcome']);
    await line.supervisor.start();
    await line.pass(10_000);
    await line.cut();
    expect(line.attached()).toBe(0);
    expect(line.supervisor.client).toBeNull();
    expect(line.told.at(-1)).toEqual({ phase: 'lost', since: 10_000, attempt: 1, retryAt: 10_000 + RETRY_MS[0] });
    await line.pass(RETRY_MS[0]);
    expect(line.told.at(-1)).toMatchObject({ phase: 'lost', since: 10_000, attempt: 2 });
    await line.pass(RETRY_MS[1]);
    await line.pass(RETRY_MS[2]);
    expect(line.told.at(-1)).toEqual({ phase: 'open' });
    expect(line.attached()).toBe(1);
    expect(line.tries()).toBe(4);
  });

  it('does not ask again where it was refused', async () => {
    const line = stand(['refuse']);
    await line.supervisor.start();
    expect(line.told.at(-1)).toMatchObject({ phase: 'refused', error: { code: 'TOKEN_INVALID' } });
    await line.pass(60_000);
    expect(line.tries()).toBe(1);
  });

  it('plans no try through a door that cannot be opened again', async () => {
    const line = stand(['welcome'], false);
    await line.supervisor.start();
    await line.cut();
    expect(line.told.at(-1)).toMatchObject({ phase: 'lost', retryAt: null });
    await line.pass(60_000);
    expect(line.tries()).toBe(1);
  });

  it('opens one line however often it is asked', async () => {
    const line = stand(['welcome']);
    await Promise.all([line.supervisor.start(), line.supervisor.start()]);
    await line.supervisor.start();
    expect(line.tries()).toBe(1);
  });
});

describe('the token of an address', () => {
  it('is read from the fragment', () => {
    expect(tokenOf('#token=abc_-1')).toBe('abc_-1');
    expect(tokenOf('#abc')).toBe('abc');
    expect(tokenOf('')).toBeNull();
    expect(tokenOf('#other=1')).toBeNull();
  });
});
