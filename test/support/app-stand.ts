/** A whole core in this process: composed on a folder, with its keys in memory, reached through a pipe as a screen would. */
import { onTestFinished } from 'vitest';
import { composeApp, type ComposeOptions } from '#core/app/index.ts';
import { systemTimers } from '#core/platform/index.ts';
import { contract, PROTOCOL_VERSION, type Contract } from '#shared/contract/index.ts';
import type { EnvironmentStatus } from '#shared/domain/index.ts';
import { connect, memoryPipes, type Client, type Connection } from '#shared/rpc/index.ts';
import { createMemoryLog, type LogLine } from './memory-log.ts';
import { tempFolder } from './temp-folder.ts';

export interface AppStand {
  readonly dataDir: string;
  readonly client: Client<Contract>;
  readonly lines: readonly LogLine[];
  /** Another client, by another door. */
  join(door?: 'desktop' | 'web' | 'local' | 'memory'): Connection<Contract>;
  /** The newest status of the environment. */
  status(): EnvironmentStatus;
  /** Resolves with the first status that fits, from now on. */
  until(fits: (status: EnvironmentStatus) => boolean): Promise<EnvironmentStatus>;
  close(): Promise<void>;
}

/** Composes a core; closed when the test ends. */
export async function openAppStand(options: Partial<ComposeOptions> = {}): Promise<AppStand> {
  const { logger, lines } = createMemoryLog();
  const dataDir = options.dataDir ?? tempFolder();
  const app = await composeApp({ host: 'test', logger, practiceIssues: 3, ...options, dataDir });
  const join: AppStand['join'] = (door = 'memory') => {
    const [near, far] = memoryPipes();
    app.serve(far, door);
    return connect(contract, near, { protocol: PROTOCOL_VERSION, timers: systemTimers, report: () => undefined });
  };
  const { client } = join();
  let newest: EnvironmentStatus | null = null;
  const waiting = new Set<{
    fits: (status: EnvironmentStatus) => boolean;
    done: (status: EnvironmentStatus) => void;
  }>();
  client.environment.status(
    {},
    {
      batch(items) {
        newest = items.at(-1) ?? newest;
        for (const each of [...waiting]) {
          if (newest === null || !each.fits(newest)) continue;
          waiting.delete(each);
          each.done(newest);
        }
      },
    },
  );
  const until: AppStand['until'] = (fits) =>
    newest !== null && fits(newest) ? Promise.resolve(newest) : new Promise((done) => waiting.add({ fits, done }));
  onTestFinished(() => app.close());
  await until(() => true);
  return {
    dataDir,
    client,
    lines,
    join,
    status: () => {
      if (newest === null) throw new Error('no status yet');
      return newest;
    },
    until,
    close: () => app.close(),
  };
}
