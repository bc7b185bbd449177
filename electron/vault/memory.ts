/** Secrets for this run only: gone when the process ends. */
import type { SecretStore } from './secret-store.ts';

/** A store in the memory of the process. */
export function memoryStore(): SecretStore {
  const secrets = new Map<string, string>();
  return {
    read: (name) => Promise.resolve(secrets.get(name) ?? null),
    write(name, secret) {
      secrets.set(name, secret);
      return Promise.resolve();
    },
    remove: (name) => Promise.resolve(secrets.delete(name)),
  };
}
