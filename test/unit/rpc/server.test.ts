/** The core's end of a pipe, frame by frame. */
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import type { Frame, Pipe } from '#shared/rpc/index.ts';
import { serveSample } from '../../support/sample-contract.ts';

/** A client that sends what it likes and keeps what it gets. */
function rawClient(far: Pipe) {
  const frames: Extract<Frame, { kind: 'welcome' | 'result' | 'error' | 'item' | 'end' }>[] = [];
  let closed = false;
  far.onFrame((frame) => frames.push(frame as (typeof frames)[number]));
  far.onClose(() => (closed = true));
  return {
    frames,
    /** Codes of what came back: `result 1`, `error 2 INPUT_INVALID`. */
    told: () =>
      frames.map((frame) =>
        frame.kind === 'error' || frame.kind === 'end'
          ? `${frame.kind} ${frame.id} ${frame.error?.code ?? ''}`.trim()
          : frame.kind === 'welcome'
            ? 'welcome'
            : `${frame.kind} ${frame.id}`,
      ),
    send: (frame: unknown, bytes?: Uint8Array) => far.send(frame as Frame, bytes),
    get closed() {
      return closed;
    },
  };
}

async function greeted(options: Parameters<typeof serveSample>[0] = {}) {
  const served = serveSample(options);
  const client = rawClient(served.far);
  client.send({ kind: 'hello', protocol: 1 });
  await served.time.settle();
  client.frames.length = 0;
  return { ...served, client };
}

describe('greeting', () => {
  it('is answered once', async () => {
    const { far, time } = serveSample();
    const client = rawClient(far);
    client.send({ kind: 'hello', protocol: 1 });
    client.send({ kind: 'hello', protocol: 1 });
    await time.settle();
    expect(client.told()).toEqual(['welcome', 'error null FRAME_OUT_OF_ORDER']);
    expect(client.closed).toBe(false);
  });

  it('ends with the words for it when the versions differ', async () => {
    const { far, time } = serveSample();
    const client = rawClient(far);
    client.send({ kind: 'hello', protocol: 2 });
    await time.settle();
    expect(client.frames).toMatchObject([
      { kind: 'error', error: { code: 'PROTOCOL_VERSION', actionKo: '앱을 다시 시작하세요.' } },
    ]);
    expect(client.closed).toBe(true);
  });

  it('comes before all else, and in time', async () => {
    const { far, time, core } = serveSample();
    const client = rawClient(far);
    client.send({ kind: 'call', id: 1, method: 'desk.double', input: { n: 1 } });
    client.send({ kind: 'open', id: 2, stream: 'desk.prices', input: {} });
    await time.advance(9_999);
    expect(client.told()).toEqual(['error null FRAME_OUT_OF_ORDER', 'error null FRAME_OUT_OF_ORDER']);
    expect(core.prices).toEqual([]);
    await time.advance(2);
    expect(client.closed).toBe(true);
  });
});

describe('faulty frames', () => {
  const faulty: readonly (readonly [string, unknown, string])[] = [
    ['no object', 5, 'FRAME_MALFORMED'],
    ['null', null, 'FRAME_MALFORMED'],
    ['a list', [], 'FRAME_MALFORMED'],
    ['an unknown kind', { kind: 'shout' }, 'FRAME_MALFORMED'],
    ['an unknown key', { kind: 'cancel', id: 1, extra: 1 }, 'FRAME_MALFORMED'],
    ['an id of text', { kind: 'cancel', id: '1' }, 'FRAME_MALFORMED'],
    ['an id of zero', { kind: 'call', id: 0, method: 'desk.double', input: {} }, 'FRAME_MALFORMED'],
    ['a frame of the other direction', { kind: 'result', id: 1, value: 1 }, 'FRAME_MALFORMED'],
    ['an ack of nothing', { kind: 'ack', id: 1, batch: 1 }, 'FRAME_OUT_OF_ORDER'],
    ['a close of nothing', { kind: 'close', id: 9 }, 'FRAME_OUT_OF_ORDER'],
    ['a cancel of nothing', { kind: 'cancel', id: 9 }, 'FRAME_OUT_OF_ORDER'],
  ];
  it.each(faulty)('%s gets an error and hurts nobody', async (_, frame, code) => {
    const { client, time } = await greeted();
    client.send(frame);
    client.send({ kind: 'call', id: 1, method: 'desk.double', input: { n: 2 } });
    await time.settle();
    expect(client.told()).toEqual([`error null ${code}`, 'result 1']);
    expect(client.frames[0]).toMatchObject({ error: { messageKo: expect.stringMatching(/[가-힣]/) } });
  });

  it('what a door could not read is answered with its reason', async () => {
    const { client, time } = await greeted();
    // The memory pipe cannot carry it, so it is handed over as a socket would.
    const { serve } = await import('#shared/rpc/index.ts');
    let receive: (frame: unknown, bytes: Uint8Array | null) => void = () => undefined;
    const sent: Frame[] = [];
    serve(
      {},
      {},
      {
        send: (frame) => void sent.push(frame),
        onFrame: (listener) => (receive = listener),
        onClose: () => undefined,
        close: () => undefined,
      },
      {
        protocol: 1,
        door: 'memory',
        timers: time.timers,
        ids: { next: () => 't' },
        logger: serveSample().log.logger,
      },
    );
    receive(new AppError('FRAME_TOO_LARGE', { size: 9, limit: 8 }), null);
    receive({ kind: 'hello', protocol: 1 }, new Uint8Array(9 * 1_048_576));
    expect(sent).toMatchObject([{ error: { code: 'FRAME_TOO_LARGE' } }, { error: { code: 'FRAME_TOO_LARGE' } }]);
    expect(client.closed).toBe(false);
  });

  it('ids must rise', async () => {
    const { client, time } = await greeted();
    client.send({ kind: 'call', id: 5, method: 'desk.double', input: { n: 1 } });
    client.send({ kind: 'call', id: 5, method: 'desk.double', input: { n: 1 } });
    client.send({ kind: 'open', id: 4, stream: 'desk.prices', input: {} });
    await time.settle();
    expect(client.told().toSorted()).toEqual([
      'error null FRAME_OUT_OF_ORDER',
      'error null FRAME_OUT_OF_ORDER',
      'result 5',
    ]);
  });

  it('too many of them end the line', async () => {
    const { client, time } = await greeted({ limits: { faults: 3 } });
    for (let i = 0; i < 5; i += 1) client.send({});
    await time.settle();
    expect(client.told()).toHaveLength(3);
    expect(client.closed).toBe(true);
  });
});

describe('calls', () => {
  it.each([
    ['desk.nothing', 'METHOD_UNKNOWN'],
    ['nothing.double', 'METHOD_UNKNOWN'],
    ['desk', 'METHOD_UNKNOWN'],
    ['desk.double.more', 'METHOD_UNKNOWN'],
    ['__proto__.toString', 'METHOD_UNKNOWN'],
    ['desk.constructor', 'METHOD_UNKNOWN'],
    ['constructor.name', 'METHOD_UNKNOWN'],
    ['desk.prices', 'METHOD_UNKNOWN'],
    ['desk.denied', 'GUARD_LOT'],
  ])('%s is answered %s', async (method, code) => {
    const { client, time } = await greeted();
    client.send({ kind: 'call', id: 1, method, input: {} });
    await time.settle();
    expect(client.told()).toEqual([`error 1 ${code}`]);
  });

  it.each([
    [{}, 'n', '값이 없습니다.'],
    [{ n: '1' }, 'n', '숫자여야 합니다.'],
    [{ n: 1.5 }, 'n', '정수여야 합니다.'],
    [{ n: -1 }, 'n', '0 이상이어야 합니다.'],
    [{ n: 1_001 }, 'n', '1000까지입니다.'],
    [{ n: 1, m: 2 }, '전체', '모르는 칸입니다: m'],
    [null, '전체', '묶음이어야 합니다.'],
  ])('input %j is refused at %s: %s', async (input, where, why) => {
    const { client, time } = await greeted();
    client.send({ kind: 'call', id: 1, method: 'desk.double', input });
    await time.settle();
    expect(client.frames).toMatchObject([
      { kind: 'error', id: 1, error: { code: 'INPUT_INVALID', details: { where, why } } },
    ]);
  });

  it('a wrong answer of ours is a bug: logged under its trace id, told without detail', async () => {
    const { client, time, log } = await greeted();
    client.send({ kind: 'call', id: 1, method: 'desk.broken', input: {} });
    await time.settle();
    const [frame] = client.frames;
    expect(frame).toMatchObject({ kind: 'error', id: 1, error: { code: 'INTERNAL_BUG', traceId: expect.any(String) } });
    expect(frame).not.toHaveProperty('error.details');
    const traceId = frame?.kind === 'error' ? frame.error.traceId : '';
    expect(log.lines).toMatchObject([
      { level: 'error', facts: { method: 'desk.broken', traceId, error: expect.any(AppError) } },
    ]);
  });

  it('carry bytes only where declared', async () => {
    const { client, time } = await greeted();
    client.send({ kind: 'call', id: 1, method: 'desk.upload', input: {} }, new Uint8Array(7));
    client.send({ kind: 'call', id: 2, method: 'desk.double', input: { n: 1 } }, new Uint8Array(7));
    client.send({ kind: 'close', id: 1 }, new Uint8Array(7));
    await time.settle();
    expect(client.told().toSorted()).toEqual(['error 2 INPUT_INVALID', 'error null FRAME_MALFORMED', 'result 1']);
    expect(client.frames.find((frame) => frame.kind === 'result')).toMatchObject({ value: 7 });
  });

  it('too large to answer is an error of that call', async () => {
    const { client, time } = await greeted();
    client.send({ kind: 'call', id: 1, method: 'desk.big', input: { length: 9 * 1_048_576 } });
    await time.settle();
    expect(client.told()).toEqual(['error 1 FRAME_TOO_LARGE']);
  });

  it('are at most so many at once', async () => {
    const { client, time, core } = await greeted();
    for (let id = 1; id <= 65; id += 1) client.send({ kind: 'call', id, method: 'desk.wait', input: {} });
    await time.settle();
    expect(client.told()).toEqual(['error 65 TOO_MANY_CALLS']);
    core.release[0]?.('go');
    await time.settle();
    client.send({ kind: 'call', id: 66, method: 'desk.wait', input: {} });
    await time.settle();
    expect(client.told()).toEqual(['error 65 TOO_MANY_CALLS', 'result 1']);
  });

  it('end when canceled, unless they must not', async () => {
    const { client, time, core } = await greeted();
    client.send({ kind: 'call', id: 1, method: 'desk.wait', input: {} });
    client.send({ kind: 'call', id: 2, method: 'desk.submit', input: {} });
    client.send({ kind: 'cancel', id: 1 });
    client.send({ kind: 'cancel', id: 2 });
    await time.settle();
    expect(client.told()).toEqual(['error 1 CANCELED']);
    core.release[1]?.('접수');
    await time.settle();
    expect(client.told()).toEqual(['error 1 CANCELED', 'result 2']);
  });

  it('are aborted when the line goes, unless they must not be', async () => {
    const { client, time, core, far } = await greeted();
    client.send({ kind: 'call', id: 1, method: 'desk.wait', input: {} });
    client.send({ kind: 'call', id: 2, method: 'desk.submit', input: {} });
    await time.settle();
    far.close();
    await time.settle();
    expect(core.contexts.map((context) => context.signal.aborted)).toEqual([true, false]);
    core.release[1]?.('접수');
    await time.settle();
    expect(core.finished).toEqual(['submit 접수']);
  });
});

describe('streams', () => {
  const open = { kind: 'open', id: 1, stream: 'desk.prices', input: {} };

  it('keep one batch under way and merge the rest by key', async () => {
    const { client, time, core } = await greeted();
    client.send(open);
    await time.settle();
    const sink = core.prices[0]?.sink;
    for (let last = 1; last <= 100; last += 1) {
      sink?.push({ id: 'A', last });
      if (last % 2 === 0) sink?.push({ id: 'B', last });
    }
    await time.advance(1_000);
    expect(client.frames).toEqual([
      {
        kind: 'item',
        id: 1,
        batch: 1,
        seq: 150,
        snapshot: false,
        items: [
          { id: 'A', last: 100 },
          { id: 'B', last: 100 },
        ],
      },
    ]);
    sink?.push({ id: 'A', last: 101 });
    sink?.push({ id: 'A', last: 102 });
    await time.advance(1_000);
    expect(client.frames).toHaveLength(1);
    client.send({ kind: 'ack', id: 1, batch: 1 });
    await time.settle();
    expect(client.frames[1]).toMatchObject({ batch: 2, items: [{ id: 'A', last: 102 }] });
  });

  it('pause 16 ms between batches in view and 250 ms in the background', async () => {
    const { client, time, core } = await greeted();
    client.send(open);
    await time.settle();
    const sent = async (ms: number): Promise<number> => {
      const before = client.frames.length;
      for (let passed = 0; passed < ms; passed += 1) {
        core.prices[0]?.sink.push({ id: 'A', last: passed });
        await time.advance(1);
        const last = client.frames.at(-1);
        if (last?.kind === 'item') client.send({ kind: 'ack', id: 1, batch: last.batch });
      }
      return client.frames.filter((frame, place) => place >= before && frame.kind === 'item').length;
    };
    const inView = await sent(160);
    expect([10, 11]).toContain(inView);
    client.send({ kind: 'focus', focused: false });
    await time.settle();
    expect(await sent(1_000)).toBeLessThanOrEqual(5);
    client.send({ kind: 'focus', focused: true });
    await time.settle();
    expect(await sent(160)).toBeGreaterThanOrEqual(10);
  });

  it('refuse acks of another batch and go on', async () => {
    const { client, time, core } = await greeted();
    client.send(open);
    await time.settle();
    client.send({ kind: 'ack', id: 1, batch: 1 });
    core.prices[0]?.sink.push({ id: 'A', last: 1 });
    await time.advance(20);
    client.send({ kind: 'ack', id: 1, batch: 2 });
    client.send({ kind: 'ack', id: 1, batch: 1 });
    client.send({ kind: 'ack', id: 1, batch: 1 });
    core.prices[0]?.sink.push({ id: 'A', last: 2 });
    await time.advance(20);
    expect(client.told()).toEqual([
      'error null FRAME_OUT_OF_ORDER',
      'item 1',
      'error null FRAME_OUT_OF_ORDER',
      'error null FRAME_OUT_OF_ORDER',
      'item 1',
    ]);
  });

  it('begin with the full state, then number every change', async () => {
    const { client, time, core } = await greeted();
    core.onState = (sink) => {
      sink.snapshot([7, 8]);
      sink.push(9);
    };
    client.send({ kind: 'open', id: 1, stream: 'desk.state', input: {} });
    await time.advance(20);
    client.send({ kind: 'ack', id: 1, batch: 1 });
    await time.settle();
    expect(client.frames).toMatchObject([
      { batch: 1, seq: 0, snapshot: true, items: [7, 8] },
      { batch: 2, seq: 1, snapshot: false, items: [9] },
    ]);
  });

  it('overflow at their limit, and the handler is stopped', async () => {
    const { client, time, core } = await greeted();
    client.send({ kind: 'open', id: 1, stream: 'desk.state', input: {} });
    await time.advance(20);
    for (let item = 0; item <= 10_000; item += 1) core.states[0]?.sink.push(item);
    await time.settle();
    expect(client.told()).toEqual(['item 1', 'end 1 STREAM_OVERFLOW']);
    expect(core.states[0]?.stopped).toBe(1);
  });

  it('are ended by a bug of their handler, which is logged', async () => {
    const { client, time, core, log } = await greeted();
    core.onState = (sink) => sink.push(1);
    client.send({ kind: 'open', id: 1, stream: 'desk.state', input: {} });
    client.send({ kind: 'open', id: 2, stream: 'desk.events', input: {} });
    await time.settle();
    core.events[0]?.sink.push(1.5);
    await time.settle();
    expect(client.told()).toEqual(['end 1 INTERNAL_BUG', 'end 2 INTERNAL_BUG']);
    expect(log.lines.filter((line) => line.level === 'error')).toHaveLength(2);
    expect([core.states[0]?.stopped, core.events[0]?.stopped]).toEqual([1, 1]);
  });

  it('send what waits before an orderly end', async () => {
    const { client, time, core } = await greeted();
    client.send({ kind: 'open', id: 1, stream: 'desk.events', input: {} });
    await time.settle();
    core.events[0]?.sink.push(1);
    core.events[0]?.sink.end();
    core.events[0]?.sink.push(2);
    await time.advance(20);
    expect(client.told()).toEqual(['item 1']);
    client.send({ kind: 'ack', id: 1, batch: 1 });
    await time.settle();
    expect(client.frames).toMatchObject([{ items: [1] }, { kind: 'end', id: 1, error: null }]);
  });

  it('stop when closed, when the line goes and when the server is disposed; each once', async () => {
    for (const how of ['close', 'line', 'dispose'] as const) {
      const { client, time, core, far, server } = await greeted();
      client.send(open);
      await time.settle();
      core.prices[0]?.sink.push({ id: 'A', last: 1 });
      if (how === 'close') client.send({ kind: 'close', id: 1 });
      if (how === 'line') far.close();
      if (how === 'dispose') server.dispose();
      await time.settle();
      core.prices[0]?.sink.push({ id: 'A', last: 2 });
      server.dispose();
      await time.advance(1_000);
      expect([how, core.prices[0]?.stopped]).toEqual([how, 1]);
      expect(client.closed).toBe(true);
    }
  });

  it('are at most so many at once, and late frames about a closed one are let pass', async () => {
    const { client, time } = await greeted();
    for (let id = 1; id <= 201; id += 1) client.send({ kind: 'open', id, stream: 'desk.prices', input: {} });
    await time.settle();
    expect(client.told()).toEqual(['error 201 TOO_MANY_STREAMS']);
    client.send({ kind: 'close', id: 1 });
    client.send({ kind: 'ack', id: 1, batch: 1 });
    client.send({ kind: 'close', id: 1 });
    client.send({ kind: 'open', id: 202, stream: 'desk.prices', input: {} });
    await time.settle();
    expect(client.told()).toEqual(['error 201 TOO_MANY_STREAMS']);
  });

  it.each(['desk.double', 'desk.none', 'x'])('%s cannot be opened', async (stream) => {
    const { client, time } = await greeted();
    client.send({ kind: 'open', id: 1, stream, input: {} });
    await time.settle();
    expect(client.told()).toEqual(['error 1 METHOD_UNKNOWN']);
  });
});
