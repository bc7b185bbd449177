/** The asking end of a pipe, against a real server end. */
import { describe, expect, it } from 'vitest';
import { AppError, type ErrorEnvelope } from '#shared/errors/index.ts';
import { type Frame, memoryPipes, RemoteError } from '#shared/rpc/index.ts';
import { createFakeTime } from '../../support/fake-time.ts';
import { connectSample, serveSample } from '../../support/sample-contract.ts';

function both(deps: Parameters<typeof connectSample>[2] = {}) {
  const served = serveSample();
  return { ...served, ...connectSample(served.far, served.time, deps) };
}

/** What a listener was told. */
function recorder<Item>() {
  const batches: { items: readonly Item[]; snapshot: boolean; seq: number }[] = [];
  const ends: (ErrorEnvelope | null)[] = [];
  return {
    batches,
    ends,
    items: () => batches.flatMap((batch) => batch.items),
    listener: {
      batch: (items: readonly Item[], facts: { snapshot: boolean; seq: number }) =>
        void batches.push({ items, ...facts }),
      end: (error: ErrorEnvelope | null) => void ends.push(error),
    },
  };
}

describe('a client', () => {
  it('calls before the welcome and is answered after it', async () => {
    const { client, ready } = both();
    expect(await client.desk.double({ n: 21 })).toEqual({ n: 42 });
    expect(await ready).toEqual({ session: null });
  });

  it('reads columns and sends bytes', async () => {
    const { client } = both();
    const table = await client.desk.table({ rows: 3 });
    expect(table.header).toEqual({ name: '표' });
    expect([...table.columns.ts]).toEqual([0, 1, 2]);
    expect([...table.columns.close]).toEqual([70_000, 70_000, 70_000]);
    expect((await client.desk.table({ rows: 0 })).length).toBe(0);
    expect(await client.desk.upload({}, new Uint8Array(1_000))).toBe(1_000);
  });

  it('opens a stream again when the environment was switched, and says that what it held is void', async () => {
    const { client, core, time } = both();
    const told = recorder<{ id: string; last: number }>();
    const renewed: string[] = [];
    client.desk.prices({}, { ...told.listener, renewed: ({ code }) => void renewed.push(code) });
    await time.settle();
    core.prices[0]?.sink.push({ id: 'A', last: 1 });
    await time.advance(20);
    core.prices[0]?.sink.end(new AppError('ENVIRONMENT_SWITCHED'));
    await time.advance(20);
    expect(renewed).toEqual(['ENVIRONMENT_SWITCHED']);
    expect(core.prices).toHaveLength(2);
    core.prices[1]?.sink.push({ id: 'B', last: 2 });
    await time.advance(20);
    expect(told.items()).toEqual([
      { id: 'A', last: 1 },
      { id: 'B', last: 2 },
    ]);
    expect(told.ends).toEqual([]);
  });

  it('gets errors with their words and trace id', async () => {
    const { client } = both();
    const error = await client.desk.denied({}).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RemoteError);
    expect(error).toMatchObject({
      code: 'GUARD_LOT',
      params: { lot: 10 },
      envelope: {
        family: 'denied',
        messageKo: '수량이 매매 단위 10주에 맞지 않습니다.',
        traceId: expect.any(String) as string,
      },
    });
  });

  it('cancels what can be canceled and waits for what cannot', async () => {
    const { client, core, time } = both();
    const abort = new AbortController();
    const waiting = client.desk.wait({}, { signal: abort.signal }).catch((error: unknown) => error);
    const submitting = client.desk.submit({}, { signal: abort.signal });
    await time.settle();
    abort.abort();
    expect(await waiting).toMatchObject({ code: 'CANCELED' });
    await time.settle();
    expect(core.contexts.map((context) => context.signal.aborted)).toEqual([true, false]);
    core.release[1]?.('접수');
    expect(await submitting).toBe('접수');
    expect(await client.desk.wait({}, { signal: abort.signal }).catch((error: unknown) => error)).toMatchObject({
      code: 'CANCELED',
    });
  });

  it('is told when the core refuses it', async () => {
    const { ready, closed, client } = both({ protocol: 99 });
    const call = client.desk.double({ n: 1 }).catch((error: unknown) => error);
    await expect(ready).rejects.toMatchObject({ code: 'PROTOCOL_VERSION' });
    expect(await closed).toMatchObject({ code: 'PROTOCOL_VERSION', actionKo: '앱을 다시 시작하세요.' });
    expect(await call).toMatchObject({ code: 'PROTOCOL_VERSION' });
  });

  it('does not wait for ever for a welcome', async () => {
    const time = createFakeTime();
    const { ready, closed } = connectSample(memoryPipes()[0], time);
    const refused = expect(ready).rejects.toMatchObject({ code: 'PIPE_CLOSED' });
    await time.advance(10_001);
    await refused;
    expect(await closed).toMatchObject({ code: 'PIPE_CLOSED' });
  });

  it('keeps only so many frames before the welcome', async () => {
    const { client } = connectSample(memoryPipes()[0], createFakeTime());
    const calls = Array.from({ length: 1_001 }, () => client.desk.double({ n: 1 }).catch((error: unknown) => error));
    expect(await calls[1_000]).toMatchObject({ code: 'TOO_MANY_CALLS' });
  });

  it('says of an order under way that its outcome is not known when the line breaks', async () => {
    const { client, server, closed, time } = both();
    const reading = client.desk.wait({}).catch((error: unknown) => error);
    const ordering = client.desk.submit({}).catch((error: unknown) => error);
    const watched = recorder<number>();
    client.desk.events({}, watched.listener);
    await time.settle();
    server.dispose();
    expect(await reading).toMatchObject({ code: 'PIPE_CLOSED' });
    expect(await ordering).toMatchObject({ code: 'OUTCOME_UNKNOWN', envelope: { family: 'unknown' } });
    expect(watched.ends).toMatchObject([{ code: 'PIPE_CLOSED' }]);
    expect(await closed).toMatchObject({ code: 'PIPE_CLOSED' });
    await expect(client.desk.double({ n: 1 })).rejects.toMatchObject({ code: 'PIPE_CLOSED' });
    const late = recorder<number>();
    client.desk.events({}, late.listener);
    expect(late.ends).toMatchObject([{ code: 'PIPE_CLOSED' }]);
  });

  it('closes in order', async () => {
    const { client, close, closed, core, time } = both();
    const watched = recorder<number>();
    client.desk.events({}, watched.listener);
    await time.settle();
    close();
    expect(await closed).toBeNull();
    await time.settle();
    expect(core.events[0]?.stopped).toBe(1);
  });

  it('leaves a core it cannot understand', async () => {
    const [near, far] = memoryPipes();
    const { closed, reports } = connectSample(near, createFakeTime());
    far.send({ kind: 'sing' } as unknown as Frame);
    expect(await closed).toMatchObject({ code: 'PROTOCOL_VERSION' });
    expect(reports).toHaveLength(1);
  });
});

describe('a watched stream', () => {
  it('acks after the listener, when the schedule says so', async () => {
    const paints: (() => void)[] = [];
    const { client, core, time } = both({ schedule: (run) => void paints.push(run) });
    const watched = recorder<{ id: string; last: number }>();
    client.desk.prices({}, watched.listener);
    await time.settle();
    for (let last = 1; last <= 3; last += 1) {
      core.prices[0]?.sink.push({ id: 'A', last });
      await time.advance(100);
    }
    expect(watched.items()).toEqual([{ id: 'A', last: 1 }]);
    paints.shift()?.();
    await time.advance(100);
    expect(watched.items()).toEqual([
      { id: 'A', last: 1 },
      { id: 'A', last: 3 },
    ]);
  });

  it('is closed by its function, once, and hears no more', async () => {
    const { client, core, time } = both();
    const watched = recorder<number>();
    const stop = client.desk.events({}, watched.listener);
    await time.settle();
    core.events[0]?.sink.push(1);
    await time.advance(20);
    stop();
    stop();
    core.events[0]?.sink.push(2);
    await time.advance(20);
    expect(watched.items()).toEqual([1]);
    expect(watched.ends).toEqual([null]);
    expect(core.events[0]?.stopped).toBe(1);
  });

  it('opens again by itself after an overflow, with the full state, once the listener has caught up', async () => {
    const paints: (() => void)[] = [];
    const { client, core, time } = both({ schedule: (run) => void paints.push(run) });
    let state = 0;
    core.onState = (sink) => sink.snapshot([state]);
    const watched = recorder<number>();
    client.desk.state({}, watched.listener);
    await time.advance(20);
    for (state = 1; state <= 10_001; state += 1) core.states[0]?.sink.push(state);
    await time.advance(20);
    expect(core.states).toHaveLength(1);
    paints.shift()?.();
    await time.advance(20);
    expect(core.states).toHaveLength(2);
    expect(watched.batches).toMatchObject([
      { snapshot: true, items: [0] },
      { snapshot: true, items: [10_002] },
    ]);
    expect(watched.ends).toEqual([]);
  });

  it('backs off when opening again brings nothing', async () => {
    const { client, core, time } = both();
    core.onState = (sink) => {
      sink.snapshot([]);
      for (let item = 0; item <= 10_000; item += 1) sink.push(item);
    };
    const stop = client.desk.state({}, recorder<number>().listener);
    await time.advance(10_000);
    expect(core.states.length).toBeGreaterThan(3);
    expect(core.states.length).toBeLessThan(12);
    stop();
    const count = core.states.length;
    await time.advance(60_000);
    expect(core.states).toHaveLength(count);
  });

  it('that is waiting to be opened again learns that the line is gone', async () => {
    const { client, core, time, server } = both();
    core.onState = (sink) => {
      sink.snapshot([]);
      for (let item = 0; item <= 10_000; item += 1) sink.push(item);
    };
    const watched = recorder<number>();
    client.desk.state({}, watched.listener);
    await time.advance(3_000);
    server.dispose();
    await time.advance(60_000);
    expect(watched.ends).toMatchObject([{ code: 'PIPE_CLOSED' }]);
  });

  it('without a snapshot ends at an overflow instead of hiding the gap', async () => {
    const { client, core, time } = both();
    const watched = recorder<number>();
    client.desk.events({}, watched.listener);
    await time.settle();
    for (let item = 0; item <= 10_000; item += 1) core.events[0]?.sink.push(item);
    await time.advance(20);
    expect(watched.ends).toMatchObject([{ code: 'STREAM_OVERFLOW' }]);
    expect(core.events).toHaveLength(1);
  });

  it('gets every one of many items in order', async () => {
    const { client, core, time } = both();
    const watched = recorder<number>();
    client.desk.state({}, watched.listener);
    await time.settle();
    for (let item = 0; item < 9_500; item += 1) core.states[0]?.sink.push(item);
    await time.advance(1_000);
    expect(watched.items()).toEqual(Array.from({ length: 9_500 }, (_, item) => item));
    expect(watched.batches.every((batch) => batch.items.length <= 1_000)).toBe(true);
  });

  it('opens again at a gap in the numbers', async () => {
    const [near, far] = memoryPipes();
    const time = createFakeTime();
    const { client } = connectSample(near, time);
    const frames: Frame[] = [];
    far.onFrame((frame) => frames.push(frame as Frame));
    const watched = recorder<number>();
    client.desk.state({}, watched.listener);
    far.send({ kind: 'welcome', protocol: 1 });
    await time.settle();
    far.send({ kind: 'item', id: 1, batch: 1, seq: 5, snapshot: true, items: [1] });
    far.send({ kind: 'item', id: 1, batch: 2, seq: 7, snapshot: false, items: [2] });
    await time.settle();
    expect(watched.batches).toHaveLength(1);
    expect(frames.map((frame) => frame.kind)).toEqual(['hello', 'open', 'ack', 'close', 'open']);
    far.send({ kind: 'item', id: 2, batch: 1, seq: 9, snapshot: true, items: [3] });
    far.send({ kind: 'item', id: 1, batch: 3, seq: 8, snapshot: false, items: [4] });
    await time.settle();
    expect(watched.items()).toEqual([1, 3]);
  });

  it('survives a listener that throws', async () => {
    const { client, core, time, reports } = both();
    client.desk.events(
      {},
      {
        batch: () => {
          throw new Error('listener');
        },
      },
    );
    await time.settle();
    core.events[0]?.sink.push(1);
    await time.advance(20);
    core.events[0]?.sink.push(2);
    await time.advance(20);
    expect(reports).toHaveLength(2);
  });

  it('tells why it could not be opened', async () => {
    const { client, time } = both();
    const watched = recorder<number>();
    client.desk.events({ surplus: 1 } as never, watched.listener);
    await time.settle();
    expect(watched.ends).toMatchObject([{ code: 'INPUT_INVALID' }]);
  });
});
