/** Keeps which pages were let in across a restart of the core: digests only, on the user's own data folder, for a day. */
import { rmSync } from 'node:fs';
import { z } from 'zod';
import type { SessionShelf } from '#core/hosts/web/index.ts';
import { readWhole, replaceFile } from '#core/storage/index.ts';
import type { Clock, Logger } from '#shared/ports.ts';

/** A page left open over a night must not open a desk on the next day. */
const KEPT_MS = 86_400_000;
const ONLY_MINE = 0o600;

const Sessions = z.strictObject({
  version: z.literal(1),
  /** SHA-256 of the secret that the page holds, and when it was first seen. */
  sessions: z.array(z.strictObject({ digest: z.string().regex(/^[0-9a-f]{64}$/), since: z.int() })).max(1_000),
});

/** A file of the data folder. One that cannot be read or written costs a page its return, and nothing else. */
export function fileShelf({ path, clock, logger }: { path: string; clock: Clock; logger: Logger }): SessionShelf {
  const since = new Map<string, number>();
  return {
    load() {
      try {
        const text = readWhole(path);
        const { sessions } = text === null ? { sessions: [] } : Sessions.parse(JSON.parse(text));
        const now = clock.now();
        for (const kept of sessions)
          if (kept.since <= now && now - kept.since < KEPT_MS) since.set(kept.digest, kept.since);
      } catch (error) {
        logger.warn('web door: sessions not read', { error: String(error) });
        rmSync(path, { force: true });
      }
      return [...since.keys()].map((digest) => Buffer.from(digest, 'hex'));
    },
    save(digests) {
      const now = clock.now();
      const sessions = digests.map((each) => {
        const digest = each.toString('hex');
        return { digest, since: since.get(digest) ?? now };
      });
      since.clear();
      for (const each of sessions) since.set(each.digest, each.since);
      try {
        replaceFile(path, JSON.stringify({ version: 1, sessions } satisfies z.infer<typeof Sessions>), ONLY_MINE);
      } catch (error) {
        logger.warn('web door: sessions not kept', { error: String(error) });
      }
    },
  };
}
