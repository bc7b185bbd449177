/** The core's end of a pipe under test, spoken to in bare frames. */
import type { Frame, Pipe } from '#shared/rpc/index.ts';
import { serveSample } from './sample-contract.ts';

/** A client that sends what it likes and keeps what it gets. */
export function rawClient(far: Pipe) {
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

export async function greeted(options: Parameters<typeof serveSample>[0] = {}) {
  const served = serveSample(options);
  const client = rawClient(served.far);
  client.send({ kind: 'hello', protocol: 1 });
  await served.time.settle();
  client.frames.length = 0;
  return { ...served, client };
}
