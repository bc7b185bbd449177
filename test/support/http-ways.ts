/** Calls addresses outside this machine in a process of its own, where the lock of test runs does not hold, and prints what became of it; all of them lead to a proxy of the test or nowhere. */
import { createHttpClient, TransportError, type WayOut } from '#core/platform/index.ts';

interface Trial {
  readonly url: string;
  readonly allowed: readonly WayOut[];
  readonly env: Readonly<Record<string, string>>;
}

const trials = JSON.parse(process.argv[2] ?? '[]') as readonly Trial[];
const told: string[] = [];
for (const { url, allowed, env } of trials) {
  const client = createHttpClient({ allowed, env, connectTimeoutMs: 2_000 });
  try {
    const answer = await client.request({ method: 'GET', url, headers: {}, body: null, timeoutMs: 3_000 });
    told.push(`answer ${answer.status}`);
  } catch (error) {
    told.push(error instanceof TransportError ? `${error.fault} ${String(error.sent)}` : String(error));
  }
  await client.close();
}
process.stdout.write(JSON.stringify(told));
