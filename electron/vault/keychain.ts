/** The keychain of the operating system; the only importer of its package. */
import { AsyncEntry } from 'keytar';
import { AppError } from '#shared/errors/index.ts';
import type { SecretStore } from './secret-store.ts';

/** Longest wait for an answer, milliseconds: a locked keychain asks the user for a password, and may ask for ever. */
const ANSWER_MS = 15_000;
/** On Linux the default falls back in silence to a kernel keyring that forgets at the next start of the machine. */
const PINNED = { linux: { store: 'secret-service' } } as const;

/** The package's own words name neither secrets nor values, only what went wrong; one line of them is enough. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return '답이 없습니다.';
  return error.message.split('\n', 1)[0]?.slice(0, 200) ?? '';
}

function failed(error: unknown): AppError {
  return new AppError('KEYCHAIN_FAILED', { why: wordsOf(error) });
}

/** The keychain under the name of a service. Opens nothing until it is asked. */
export function keychainStore(service: string, options: { readonly answerMs?: number } = {}): SecretStore {
  const answerMs = options.answerMs ?? ANSWER_MS;
  const ask = async <Answer>(
    name: string,
    act: (entry: AsyncEntry, signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> => {
    try {
      const signal = AbortSignal.timeout(answerMs);
      const silent = new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      });
      // The package may throw before the race begins, and then nobody would hear of the silence.
      silent.catch(() => undefined);
      return await Promise.race([act(new AsyncEntry(service, name, PINNED), signal), silent]);
    } catch (error) {
      throw failed(error);
    }
  };
  return {
    read: (name) => ask(name, async (entry, signal) => (await entry.getPassword(signal)) ?? null),
    write: (name, secret) => ask(name, (entry, signal) => entry.setPassword(secret, signal)),
    remove: (name) => ask(name, (entry, signal) => entry.deleteCredential(signal)),
  };
}
