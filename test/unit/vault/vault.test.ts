/** The vault: the keychain where it gives back what it takes, else memory with the reason. */
import { describe, expect, it } from 'vitest';
import { memoryStore, openVault, type SecretStore } from '#core/vault/index.ts';
import { AppError } from '#shared/errors/index.ts';

describe('the vault', () => {
  it('takes a keychain that gives back what it took, and leaves nothing of the trial behind', async () => {
    const keychain = memoryStore();
    const vault = await openVault(keychain, 'a word');
    expect(vault).toMatchObject({ keptIn: 'keychain', reasonKo: null, failure: null });
    await vault.write('keys/a', 'secret');
    expect(await keychain.read('keys/a')).toBe('secret');
    expect(await keychain.read('trial')).toBeNull();
    expect(await vault.remove('keys/a')).toBe(true);
    expect(await vault.remove('keys/a')).toBe(false);
  });

  it('takes memory for this run where the keychain fails, and says why', async () => {
    const broken: SecretStore = {
      read: () => Promise.reject(new AppError('KEYCHAIN_FAILED', { why: '잠겨 있습니다.' })),
      write: () => Promise.reject(new AppError('KEYCHAIN_FAILED', { why: '잠겨 있습니다.' })),
      remove: () => Promise.resolve(false),
    };
    const vault = await openVault(broken, 'a word');
    expect(vault.keptIn).toBe('memory');
    expect(vault.reasonKo).toContain('잠겨 있습니다.');
    expect(vault.failure?.code).toBe('KEYCHAIN_FAILED');
    await vault.write('keys/a', 'secret');
    expect(await vault.read('keys/a')).toBe('secret');
  });

  it('does not take a keychain that forgets', async () => {
    const forgetful: SecretStore = { ...memoryStore(), read: () => Promise.resolve(null) };
    expect((await openVault(forgetful, 'a word')).keptIn).toBe('memory');
  });
});
