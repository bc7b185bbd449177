/** The core's end of a pipe, frame by frame. */
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import type { Frame } from '#shared/rpc/index.ts';
import { greeted, rawClient } from '../../support/raw-client.ts';
import { serveSample } from '../../support/sample-contract.ts';

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
    expect(client.frames[0]).toMatchObject({ error: { messageKo: expect.stringMatching(/[가-힣]/) as string } });
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
    expect(frame).toMatchObject({
      kind: 'error',
      id: 1,
      error: { code: 'INTERNAL_BUG', traceId: expect.any(String) as string },
    });
    expect(frame).not.toHaveProperty('error.details');
    const traceId = frame?.kind === 'error' ? frame.error.traceId : '';
    expect(log.lines).toMatchObject([
      { level: 'error', facts: { method: 'desk.broken', traceId, error: expect.any(AppError) as AppError } },
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
