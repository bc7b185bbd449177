/** Access tokens in the vault, one for each key: a switch, a restart or a second account of the key issues nothing anew. */
import { z } from 'zod';
import type { StoredToken, TokenStore } from '#core/broker/kis/rest/index.ts';
import type { Logger } from '#shared/ports.ts';
import { epochMs } from '#shared/time/index.ts';
import type { Vault } from '#core/vault/index.ts';

const KeptToken = z.strictObject({ accessToken: z.string(), issuedTs: z.int(), expiresTs: z.int() });

/** A slot names environment, address and key without showing them. */
const nameOf = (slot: string): string => `token/${slot}`;

export class VaultTokenStore implements TokenStore {
  readonly #vault: Vault;
  readonly #logger: Logger;
  /** Also here, so that a keychain that refuses to write costs nothing in this run. */
  readonly #present = new Map<string, StoredToken>();

  constructor(parts: { readonly vault: Vault; readonly logger: Logger }) {
    this.#vault = parts.vault;
    this.#logger = parts.logger;
  }

  async load(slot: string): Promise<StoredToken | null> {
    return this.#present.get(slot) ?? (await this.#read(slot));
  }

  async save(slot: string, token: StoredToken): Promise<void> {
    this.#present.set(slot, token);
    try {
      await this.#vault.write(nameOf(slot), JSON.stringify(token));
    } catch (error) {
      this.#logger.warn('the access was not kept for the next start', { error });
    }
  }

  /** Throws KEYCHAIN_FAILED. */
  async remove(slot: string): Promise<void> {
    this.#present.delete(slot);
    await this.#vault.remove(nameOf(slot));
  }

  async #read(slot: string): Promise<StoredToken | null> {
    const text = await this.#vault.read(nameOf(slot));
    if (text === null) return null;
    try {
      const { accessToken, issuedTs, expiresTs } = KeptToken.parse(JSON.parse(text));
      return { accessToken, issuedTs: epochMs(issuedTs), expiresTs: epochMs(expiresTs) };
    } catch {
      // Of another form: the broker gives another one.
      return null;
    }
  }
}
