/** The core under frames nobody would write. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serve } from '#shared/rpc/index.ts';
import { createFakeTime } from '../../support/fake-time.ts';
import { createMemoryLog } from '../../support/memory-log.ts';
import { SampleCore, sampleContract } from '../../support/sample-contract.ts';

const word = fc.constantFrom(
  'hello',
  'call',
  'cancel',
  'open',
  'ack',
  'close',
  'focus',
  'welcome',
  'result',
  'item',
  'end',
  'error',
  '',
  '__proto__',
);
const name = fc.oneof(
  fc.constantFrom(
    'desk.double',
    'desk.wait',
    'desk.prices',
    'desk.state',
    'desk.table',
    'desk',
    '.',
    '__proto__.x',
    'desk.__proto__',
  ),
  fc.string(),
);
/** Frames that are nearly right, right, and not at all. */
const frame = fc.oneof(
  fc.anything(),
  fc.record(
    {
      kind: word,
      id: fc.oneof(fc.integer({ min: -2, max: 40 }), fc.anything()),
      method: name,
      stream: name,
      input: fc.oneof(fc.constant({}), fc.constant({ n: 1 }), fc.constant({ rows: 2 }), fc.anything()),
      batch: fc.integer({ min: -1, max: 4 }),
      protocol: fc.constantFrom(1, 1, 1, 2, -1),
      focused: fc.boolean(),
      token: fc.string(),
    },
    { requiredKeys: ['kind'] },
  ),
  fc.record({
    kind: fc.constant('call'),
    id: fc.integer({ min: 1, max: 60 }),
    method: name,
    input: fc.constantFrom({}, { n: 3 }),
  }),
  fc.record({ kind: fc.constant('open'), id: fc.integer({ min: 1, max: 60 }), stream: name, input: fc.constant({}) }),
  fc.record({ kind: fc.constant('ack'), id: fc.integer({ min: 1, max: 60 }), batch: fc.integer({ min: 1, max: 3 }) }),
);

describe('the core under arbitrary frames', () => {
  it('throws nothing, logs no bug, and still serves the next client', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(frame, fc.option(fc.uint8Array({ maxLength: 9 }))), { maxLength: 60 }),
        async (frames) => {
          const time = createFakeTime();
          const log = createMemoryLog();
          const core = new SampleCore();
          const open = () => {
            const sent: unknown[] = [];
            let receive: (raw: unknown, bytes: Uint8Array | null) => void = () => undefined;
            let trace = 0;
            const server = serve(
              sampleContract,
              core.handlers,
              {
                send: (out) => void sent.push(out),
                onFrame: (listener) => (receive = listener),
                onClose: () => undefined,
                close: () => undefined,
              },
              {
                protocol: 1,
                door: 'memory',
                timers: time.timers,
                logger: log.logger,
                ids: { next: () => `t${(trace += 1)}` },
                limits: { faults: 1_000 },
              },
            );
            return { sent, server, receive: (raw: unknown, bytes: Uint8Array | null = null) => receive(raw, bytes) };
          };
          const fuzzed = open();
          fuzzed.receive({ kind: 'hello', protocol: 1 });
          for (const [raw, bytes] of frames) fuzzed.receive(raw, bytes);
          for (const fed of [...core.prices]) fed.sink.push({ id: 'A', last: 1 });
          await time.advance(50);
          const second = open();
          second.receive({ kind: 'hello', protocol: 1 });
          second.receive({ kind: 'call', id: 1, method: 'desk.double', input: { n: 2 } });
          await time.settle();
          expect(second.sent).toEqual([
            { kind: 'welcome', protocol: 1 },
            { kind: 'result', id: 1, value: { n: 4 } },
          ]);
          expect(log.lines.filter((line) => line.level === 'error')).toEqual([]);
          fuzzed.server.dispose();
          second.server.dispose();
        },
      ),
      { numRuns: 300 },
    );
  });
});
