/** Frames as sockets carry them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import { decodeFrame, encodeFrame, FRAME_BYTES_LIMIT } from '#shared/rpc/index.ts';

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
  return 'no error';
}

describe('frames on the wire', () => {
  it('come back as they were sent, with and without bytes', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.option(fc.uint8Array({ maxLength: 200 })),
        fc.integer({ min: 1 }),
        (input, bytes, id) => {
          const frame = { kind: 'call' as const, id, method: '한.글', input };
          const raw = decodeFrame(encodeFrame(frame, bytes));
          expect(raw.frame).toEqual(JSON.parse(JSON.stringify(frame)));
          expect(raw.bytes).toEqual(bytes);
        },
      ),
    );
  });

  it('begin their bytes at a multiple of eight', () => {
    for (let length = 1; length <= 16; length += 1) {
      const message = encodeFrame(
        { kind: 'call', id: 1, method: 'x'.repeat(length), input: null },
        new Uint8Array([1]),
      ) as Uint8Array;
      expect((decodeFrame(message).bytes?.byteOffset ?? -1) % 8).toBe(0);
    }
  });

  it('say what is wrong with them', () => {
    expect(codeOf(() => decodeFrame('{'))).toBe('FRAME_MALFORMED');
    expect(codeOf(() => decodeFrame(7))).toBe('FRAME_MALFORMED');
    expect(codeOf(() => decodeFrame(new Uint8Array([1, 2])))).toBe('FRAME_MALFORMED');
    expect(codeOf(() => decodeFrame(new Uint8Array([255, 255, 255, 255, 0])))).toBe('FRAME_MALFORMED');
    expect(codeOf(() => decodeFrame(new Uint8Array([2, 0, 0, 0, 0xff, 0xfe])))).toBe('FRAME_MALFORMED');
    expect(codeOf(() => decodeFrame(new Uint8Array(FRAME_BYTES_LIMIT + 1)))).toBe('FRAME_TOO_LARGE');
    expect(codeOf(() => decodeFrame(' '.repeat(FRAME_BYTES_LIMIT + 1)))).toBe('FRAME_TOO_LARGE');
  });

  it('count Korean letters by their bytes', () => {
    const text = '가'.repeat(100);
    const frame = { kind: 'call' as const, id: 1, method: 'm', input: text };
    expect(codeOf(() => encodeFrame(frame, null, 300))).toBe('FRAME_TOO_LARGE');
    expect(codeOf(() => encodeFrame(frame, null, 400))).toBe('no error');
    expect(codeOf(() => encodeFrame(frame, new Uint8Array(200), 400))).toBe('FRAME_TOO_LARGE');
  });

  it('never fail otherwise, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 64 }), fc.string()), (message) => {
        expect(['no error', 'FRAME_MALFORMED']).toContain(codeOf(() => decodeFrame(message)));
      }),
      { numRuns: 500 },
    );
  });
});
