/** Secrets: the keychain of the operating system, or memory for this run. */
export { keychainStore } from './keychain.ts';
export { memoryStore } from './memory.ts';
export type { SecretStore } from './secret-store.ts';
export { memoryVault, openVault, type Vault } from './vault.ts';
