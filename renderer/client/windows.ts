/** The windows of one program among themselves: who is open, and what one of them has chosen for all. */
import { LinkGroup } from '#shared/domain/index.ts';
import { z } from 'zod';

/** The window that opens first. */
export const MAIN_WINDOW = 'main';

const Said = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('who') }),
  z.object({ kind: z.literal('here'), from: z.string() }),
  z.object({ kind: z.literal('gone'), from: z.string() }),
  z.object({ kind: z.literal('workspace'), from: z.string(), id: z.string() }),
  z.object({ kind: z.literal('issue'), from: z.string(), group: LinkGroup, instrumentId: z.string() }),
  z.object({ kind: z.literal('looks'), from: z.string(), looks: z.record(z.string(), z.unknown()) }),
]);
export type Said = z.infer<typeof Said>;

/** Which window this is, by the address it was opened under. */
export function windowIdOf(search: string): string {
  const named = new URLSearchParams(search).get('window') ?? '';
  return /^[a-z0-9]{1,16}$/.test(named) ? named : MAIN_WINDOW;
}

/** Speaks to the other windows of the same program; those of another browser do not hear it. */
export class WindowsLine {
  readonly id: string;
  readonly #channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
  readonly #listeners = new Set<(said: Said) => void>();

  constructor(id: string, channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>) {
    this.id = id;
    this.#channel = channel;
    channel.addEventListener('message', (event) => {
      const read = Said.safeParse((event as MessageEvent<unknown>).data);
      if (!read.success || ('from' in read.data && read.data.from === id)) return;
      if (read.data.kind === 'who') this.say({ kind: 'here', from: id });
      for (const listener of this.#listeners) listener(read.data);
    });
  }

  say(said: Said): void {
    this.#channel.postMessage(said);
  }

  hear(listener: (said: Said) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
