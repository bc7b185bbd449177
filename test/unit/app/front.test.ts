/** The front before the environments: calls under way, streams, and what waits for the next one. */
import { describe, expect, it } from 'vitest';
import type { ComposedEnvironment } from '../../../electron/app/environments/composed.ts';
import { Front } from '../../../electron/app/environments/front.ts';
import { AppError } from '#shared/errors/index.ts';
import type { CallContext, StreamSink } from '#shared/rpc/index.ts';
import { createFakeTime } from '#test/support/fake-time.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';

const named = (connectionId: string): ComposedEnvironment => ({ connectionId }) as unknown as ComposedEnvironment;
const context = (): CallContext => ({
  signal: new AbortController().signal,
  traceId: '',
  bytes: new Uint8Array(0),
  door: 'memory',
});
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => (error as AppError).code,
  );

function stand() {
  const time = createFakeTime();
  return { time, front: new Front({ timers: time.timers, logger: createMemoryLog().logger }) };
}

function sink() {
  const heard: unknown[] = [];
  const made: StreamSink<string> = {
    snapshot: () => undefined,
    push: (item) => void heard.push(item),
    end: (error) => void heard.push((error as AppError).code),
  };
  return { heard, made };
}

describe('calls', () => {
  it('go to the environment in force, and none is taken while there is none', async () => {
    const { front } = stand();
    const call = front.call(({ connectionId }) => connectionId);
    expect(() => call({}, context())).toThrow('ENVIRONMENT_SWITCHING');
    front.open(named('a'));
    expect(await call({}, context())).toBe('a');
    expect(front.load).toEqual({ streams: 0, calls: 0 });
  });

  it('that are under way finish, or learn that it is gone; an order verb leaves its outcome open', async () => {
    const { front, time } = stand();
    front.open(named('a'));
    let finish = (_: string): void => undefined;
    let signal: AbortSignal | null = null;
    const quick = front.call(() => new Promise<string>((resolve) => (finish = resolve)));
    const slow = front.call((_environment, _input, { signal: given }) => {
      signal = given;
      return new Promise(() => undefined);
    });
    const order = front.call(() => new Promise(() => undefined), { order: true });
    const asked = [quick({}, context()), slow({}, context()), order({}, context())] as const;
    const codes = Promise.all([codeOf(asked[1]), codeOf(asked[2])]);
    let shut = false;
    const shutting = front.shut().then(() => (shut = true));
    await time.settle();
    finish('done');
    expect(await asked[0]).toBe('done');
    await time.advance(2_999);
    expect(shut).toBe(false);
    await time.advance(1);
    await shutting;
    front.leave();
    expect(await codes).toEqual(['ENVIRONMENT_SWITCHED', 'OUTCOME_UNKNOWN']);
    expect((signal as AbortSignal | null)?.aborted).toBe(true);
    expect(front.load.calls).toBe(0);
  });

  it('that must work always reach the one on its way out', async () => {
    const { front } = stand();
    front.open(named('a'));
    const kill = front.call(({ connectionId }) => connectionId, { always: true });
    await front.shut();
    expect(await kill({}, context())).toBe('a');
    front.leave();
    expect(() => kill({}, context())).toThrow('ENVIRONMENT_SWITCHING');
  });
});

describe('streams', () => {
  it('are stopped and ended when it goes; one opened in between begins with the next', async () => {
    const { front } = stand();
    const running = new Set<string>();
    const stream = front.stream<object, string>(({ connectionId }, _input, { push }) => {
      running.add(connectionId ?? '');
      push(connectionId ?? '');
      return () => void running.delete(connectionId ?? '');
    });
    front.open(named('a'));
    const [first, second] = [sink(), sink()];
    const stopFirst = stream({}, first.made);
    expect([...running]).toEqual(['a']);
    await front.shut();
    const stopSecond = stream({}, second.made);
    front.leave();
    expect(running.size).toBe(0);
    expect(first.heard).toEqual(['a', 'ENVIRONMENT_SWITCHED']);
    expect(second.heard).toEqual([]);
    front.open(named('b'));
    expect(second.heard).toEqual(['b']);
    stopFirst();
    stopSecond();
    expect(running.size).toBe(0);
    expect(front.load.streams).toBe(0);
  });

  it('that cannot begin are ended with the reason', async () => {
    const { front } = stand();
    const refuse = front.stream(() => {
      throw new AppError('INSTRUMENT_UNKNOWN');
    });
    const heard = sink();
    refuse({}, heard.made);
    front.open(named('a'));
    expect(heard.heard).toEqual(['INSTRUMENT_UNKNOWN']);
    expect(() => refuse({}, sink().made)).toThrow('INSTRUMENT_UNKNOWN');
  });
});
