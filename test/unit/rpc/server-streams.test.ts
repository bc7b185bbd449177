/** Streams at the core's end: snapshots, numbers, acknowledgement, conflation, overflow. */
import { describe, expect, it } from 'vitest';
import { greeted } from '../../support/raw-client.ts';

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
