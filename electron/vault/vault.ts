/** Where secrets are kept in this run: in the keychain where one works, else in memory, said plainly. */
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import { memoryStore } from './memory.ts';
import type { SecretStore } from './secret-store.ts';

/** The name under which the trial at start writes. */
const TRIAL_NAME = 'trial';

export interface Vault extends SecretStore {
  readonly keptIn: 'keychain' | 'memory';
  /** Why secrets last for this run only; null in the keychain. */
  readonly reasonKo: string | null;
  /** What the keychain said when it was tried; null where it works or was not wanted. */
  readonly failure: AppError | null;
}

/** Writes, reads and forgets once: a keychain that takes but does not give back is none. */
async function tryOut(store: SecretStore, word: string): Promise<AppError | null> {
  try {
    await store.write(TRIAL_NAME, word);
    const back = await store.read(TRIAL_NAME);
    await store.remove(TRIAL_NAME);
    return back === word ? null : new AppError('KEYCHAIN_FAILED', { why: '넣은 값이 그대로 나오지 않습니다.' });
  } catch (error) {
    return error instanceof AppError ? error : new AppError('KEYCHAIN_FAILED', { why: '' }, { cause: error });
  }
}

/** Secrets in memory, with the reason. */
export function memoryVault(reasonKo: string, failure: AppError | null = null): Vault {
  return { ...memoryStore(), keptIn: 'memory', reasonKo, failure };
}

/** Tries the keychain, and takes memory for this run where it does not work. `word`: something new, to try it with. */
export async function openVault(keychain: SecretStore, word: string): Promise<Vault> {
  const failure = await tryOut(keychain, word);
  if (failure === null) return { ...keychain, keptIn: 'keychain', reasonKo: null, failure: null };
  const why = toEnvelope(failure).messageKo;
  return memoryVault(
    `이 컴퓨터의 키체인을 쓸 수 없어, 키를 메모리에만 두고 프로그램이 끝나면 지웁니다. ${why}`,
    failure,
  );
}
