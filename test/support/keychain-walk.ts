/** Walks through the keychain of the operating system in a process of its own, and tells what it found as one JSON line. */
import { keychainStore, openVault } from '#core/vault/index.ts';
import { toEnvelope } from '#shared/errors/index.ts';

/** Long enough for a keyring that answers, short for one that asks a person who is not there. */
const ANSWER_MS = 3_000;

const [word = ''] = process.argv.slice(2);
const store = keychainStore('Maru test', { answerMs: ANSWER_MS });
const vault = await openVault(store, word);
const told: Record<string, unknown> = { keptIn: vault.keptIn, reasonKo: vault.reasonKo };
try {
  await store.write('keys/a', word);
  told['read'] = (await store.read('keys/a')) === word;
  told['other'] = await keychainStore('Maru other', { answerMs: ANSWER_MS }).read('keys/a');
  told['removed'] = [await store.remove('keys/a'), await store.remove('keys/a')];
  told['after'] = await store.read('keys/a');
  told['trial'] = await store.read('trial');
} catch (error) {
  told['error'] = toEnvelope(error).code;
}
process.stdout.write(`${JSON.stringify(told)}\n`);
// A call that still waits for an answer would hold the process.
process.exit(0);
