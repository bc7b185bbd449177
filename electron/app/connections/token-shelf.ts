/** Access tokens in the vault, one for each connection: a switch or a restart issues nothing anew. */
import { z } from 'zod';
import type { StoredToken, TokenStore } from '#core/broker/kis/rest/index.ts';
import type { Logger } from '#shared/ports.ts';
import { epochMs } from '#shared/time/index.ts';
import type { Vault } from '#core/vault/index.ts';

const KeptToken = z.strictObject({
  /** Names environment, address and key without showing them: another key has another token. */
  slot: z.string(),
  accessToken: z.string(),
  issuedTs: z.int(),
  expiresTs: z.int(),
});

const nameOf = (connectionId: string): string => `token/${connectionId}`;

export class VaultTokenStore {
  readonly #vault: Vault;
  readonly #logger: Logger;
  /** Also here, so that a keychain that refuses to write costs nothing in this run. */
  readonly #present = new Map<string, StoredToken & { readonly slot: string }>();

  constructor(parts: { readonly vault: Vault; readonly logger: Logger }) {
    this.#vault = parts.vault;
    this.#logger = parts.logger;
  }

  /** The store as the client of one connection sees it. */
  of(connectionId: string): TokenStore {
    return {
      load: async (slot) => {
        const kept = this.#present.get(connectionId) ?? (await this.#read(connectionId));
        if (kept?.slot !== slot) return null;
        const { accessToken, issuedTs, expiresTs } = kept;
        return { accessToken, issuedTs, expiresTs };
      },
      save: async (slot, token) => {
        const kept = { slot, ...token };
        this.#present.set(connectionId, kept);
        try {
          await this.#vault.write(nameOf(connectionId), JSON.stringify(kept));
        } catch (error) {
          this.#logger.warn('the access was not kept for the next start', { connectionId, error });
        }
      },
      remove: () => this.forget(connectionId),
    };
  }

  /** Throws KEYCHAIN_FAILED. */
  async forget(connectionId: string): Promise<void> {
    this.#present.delete(connectionId);
    await this.#vault.remove(nameOf(connectionId));
  }

  async #read(connectionId: string): Promise<(StoredToken & { readonly slot: string }) | null> {
    const text = await this.#vault.read(nameOf(connectionId));
    if (text === null) return null;
    try {
      const { slot, accessToken, issuedTs, expiresTs } = KeptToken.parse(JSON.parse(text));
      return { slot, accessToken, issuedTs: epochMs(issuedTs), expiresTs: epochMs(expiresTs) };
    } catch {
      // Of another form: the broker gives another one.
      return null;
    }
  }
}
