/** Where access tokens are kept between runs: the keychain where there is one, else memory. */
import { createHash } from 'node:crypto';
import type { KisKind } from '#shared/domain/index.ts';
import type { EpochMs } from '#shared/time/index.ts';

/** An access token with its times by the server's clock. */
export interface StoredToken {
  readonly accessToken: string;
  readonly issuedTs: EpochMs;
  readonly expiresTs: EpochMs;
}

/** `slot` names environment, address and key without showing any of them. */
export interface TokenStore {
  load(slot: string): Promise<StoredToken | null>;
  save(slot: string, token: StoredToken): Promise<void>;
  remove(slot: string): Promise<void>;
}

/** Names environment, address and key without showing any of them: the broker gives one token to a key, whatever the account. */
export function tokenSlot(facts: {
  readonly environment: KisKind;
  readonly restUrl: string;
  readonly appKey: string;
}): string {
  const { environment, restUrl, appKey } = facts;
  return createHash('sha256').update([environment, restUrl, appKey].join('\n')).digest('hex').slice(0, 32);
}

/** Tokens for this run only; one store serves every connection, so a switch issues nothing anew. */
export function createMemoryTokenStore(): TokenStore {
  const tokens = new Map<string, StoredToken>();
  return {
    load: async (slot) => tokens.get(slot) ?? null,
    save: async (slot, token) => void tokens.set(slot, token),
    remove: async (slot) => void tokens.delete(slot),
  };
}
