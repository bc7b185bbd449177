/** The user's connections: a list without secrets on the disk, and their keys in the vault, written and used but never read back. */
import { z } from 'zod';
import { tokenSlot } from '#core/broker/kis/rest/index.ts';
import type { NewKisConnection } from '#shared/contract/index.ts';
import type { EndpointKind, KisConnection } from '#shared/domain/index.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import type { Clock, Logger } from '#shared/ports.ts';
import { kstDate, type SessionDate } from '#shared/time/index.ts';
import type { Vault } from '#core/vault/index.ts';
import type { ConnectionFile, StoredConnection } from './connection-file.ts';
import { connectionIdOf } from './connection-id.ts';
import { hostOf, readAddress } from './endpoint.ts';
import { checkAccount, hasSigns, maskAccount, readKeys, type ConnectionKeys } from './entry.ts';
import { keyExpiry, remindersOf } from './reminders.ts';
import { VaultTokenStore } from './token-shelf.ts';
import { readYaml } from './yaml-file.ts';

/** Far more than anybody has accounts. */
const MAX_CONNECTIONS = 50;

export interface ConnectionsParts {
  readonly file: ConnectionFile;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told what changed, for the record; never a secret. */
  readonly changed: (change: { readonly what: 'saved' | 'removed'; readonly connectionId: string }) => void;
}

const keysName = (connectionId: string): string => `keys/${connectionId}`;

const KeptKeys = z.strictObject({
  appKey: z.string(),
  appSecret: z.string(),
  accountNo: z.string(),
  productCode: z.string(),
  htsId: z.string().nullable(),
});

/** The parser's own error would repeat a piece of what it read: ours carries none. */
function keysOf(text: string): ConnectionKeys {
  try {
    return KeptKeys.parse(JSON.parse(text));
  } catch {
    throw new AppError('KEYCHAIN_FAILED', { why: '저장된 키의 모양이 다릅니다. 키를 다시 넣으세요.' });
  }
}

const slotOf = ({ kind, restUrl }: StoredConnection, { appKey }: ConnectionKeys): string =>
  tokenSlot({ environment: kind, restUrl, appKey });

export class Connections {
  readonly #parts: ConnectionsParts;
  /** Connections whose keys were put into memory in this run. */
  readonly #inMemory = new Set<string>();

  /** Access tokens, kept over switches and, in a keychain, over restarts. */
  readonly tokens: VaultTokenStore;

  constructor(parts: ConnectionsParts) {
    this.#parts = parts;
    this.tokens = new VaultTokenStore(parts);
  }

  /** Whether this machine has a keychain, and if not, why. */
  get keychain(): { readonly available: boolean; readonly reasonKo: string | null } {
    const { keptIn, reasonKo } = this.#parts.vault;
    return { available: keptIn === 'keychain', reasonKo };
  }

  list(): KisConnection[] {
    return this.#parts.file.all().map((stored) => this.#view(stored));
  }

  stored(connectionId: string): StoredConnection {
    const stored = this.#parts.file.find(connectionId);
    if (!stored) throw new AppError('CONNECTION_UNKNOWN', { connectionId });
    return stored;
  }

  all(): readonly StoredConnection[] {
    return this.#parts.file.all();
  }

  /** Where the keys of a connection are now. */
  keptIn(stored: StoredConnection): KisConnection['keptIn'] {
    if (stored.kept === 'memory') return this.#inMemory.has(stored.connectionId) ? 'memory' : 'none';
    return this.#parts.vault.keptIn === 'keychain' ? 'keychain' : 'none';
  }

  /** Keeps a connection. Throws CONNECTION_FIELD, CONNECTION_LIMIT, KEYCHAIN_FAILED; then nothing has changed. */
  async save(entry: NewKisConnection): Promise<KisConnection> {
    const { file, vault, changed } = this.#parts;
    const keys = readKeys(entry);
    checkAccount(entry.kind, keys);
    const address = readAddress(entry);
    const connectionId = connectionIdOf({ kind: entry.kind, restUrl: address.restUrl, ...keys });
    const before = file.find(connectionId);
    if (!before && file.all().length >= MAX_CONNECTIONS) {
      throw new AppError('CONNECTION_LIMIT', { limit: MAX_CONNECTIONS });
    }
    const slot = tokenSlot({ environment: entry.kind, restUrl: address.restUrl, appKey: keys.appKey });
    // A token vouches for the secret with which it was issued, not for another one that was entered now.
    const vouched = (await this.#holders(slot)).some(({ appSecret }) => appSecret === keys.appSecret);
    const replaced = before ? await this.#slotOf(before) : null;
    await vault.write(keysName(connectionId), JSON.stringify(keys));
    if (!vouched) await this.tokens.remove(slot);
    if (vault.keptIn === 'memory') this.#inMemory.add(connectionId);
    const stored: StoredConnection = {
      connectionId,
      label: entry.label === '' ? (before?.label ?? '') : entry.label,
      kind: entry.kind,
      endpoint: entry.endpoint,
      ...address,
      accountMasked: maskAccount(keys),
      hasHtsId: keys.htsId !== null,
      htsIdSigns: keys.htsId !== null && hasSigns(keys.htsId),
      kept: vault.keptIn,
      keyIssuedOn: entry.issuedOn ?? before?.keyIssuedOn ?? null,
      lastTradedOn: before?.lastTradedOn ?? null,
      savedOn: this.#today(),
    };
    file.put(stored);
    if (replaced !== null && replaced !== slot) await this.#release(replaced);
    changed({ what: 'saved', connectionId });
    return this.#view(stored);
  }

  /** Takes what a kis_devlp.yaml holds; what does not fit is told and left. Throws YAML_BAD, YAML_EMPTY, KEYCHAIN_FAILED. */
  async importYaml(
    text: string,
    endpoint: EndpointKind,
  ): Promise<{ readonly connections: KisConnection[]; readonly skipped: string[] }> {
    const { entries, notesKo } = readYaml(text, endpoint);
    const connections: KisConnection[] = [];
    const skipped = [...notesKo];
    for (const { nameKo, entry } of entries) {
      try {
        connections.push(await this.save(entry));
      } catch (error) {
        if (!(error instanceof AppError) || !/^CONNECTION_/.test(error.code)) throw error;
        skipped.push(`${nameKo}: ${toEnvelope(error).messageKo}`);
      }
    }
    return { connections, skipped };
  }

  /** Forgets keys, token and entry; false where there was none. Throws KEYCHAIN_FAILED, and then nothing is forgotten by halves. */
  async remove(connectionId: string): Promise<boolean> {
    const { file, vault, changed } = this.#parts;
    const stored = file.find(connectionId);
    if (!stored) return false;
    // Keys in a keychain that cannot be reached now would stay behind for ever, and nobody would know.
    if (stored.kept === 'keychain' && vault.failure) throw vault.failure;
    const slot = await this.#slotOf(stored);
    if (slot !== null && (await this.#holders(slot)).length <= 1) await this.tokens.remove(slot);
    await vault.remove(keysName(connectionId));
    this.#inMemory.delete(connectionId);
    file.remove(connectionId);
    changed({ what: 'removed', connectionId });
    return true;
  }

  /** The keys, for whoever speaks to the broker. Throws KIS_NO_KEYS, and KEYCHAIN_FAILED where they cannot be read. */
  async keys(connectionId: string): Promise<ConnectionKeys> {
    const stored = this.stored(connectionId);
    const { vault } = this.#parts;
    if (stored.kept === 'keychain' && vault.failure) throw vault.failure;
    const text = this.keptIn(stored) === 'none' ? null : await vault.read(keysName(connectionId));
    if (text === null) throw new AppError('KIS_NO_KEYS');
    return keysOf(text);
  }

  /** Remembers the day of the last trade. */
  traded(connectionId: string, date: SessionDate): void {
    const { file } = this.#parts;
    const stored = file.find(connectionId);
    if (stored && (stored.lastTradedOn ?? '') < date) file.put({ ...stored, lastTradedOn: date });
  }

  /** Names the token of a connection; null where its keys are not there. */
  async #slotOf(stored: StoredConnection): Promise<string | null> {
    const keys = await this.#present(stored);
    return keys && slotOf(stored, keys);
  }

  /** The keys of every connection that shares a token. */
  async #holders(slot: string): Promise<ConnectionKeys[]> {
    const holders: ConnectionKeys[] = [];
    for (const stored of this.#parts.file.all()) {
      const keys = await this.#present(stored);
      if (keys && slotOf(stored, keys) === slot) holders.push(keys);
    }
    return holders;
  }

  /** Forgets a token that no connection uses any more. */
  async #release(slot: string): Promise<void> {
    if ((await this.#holders(slot)).length === 0) await this.tokens.remove(slot);
  }

  /** The keys, null where they cannot be had now. */
  async #present({ connectionId }: StoredConnection): Promise<ConnectionKeys | null> {
    return this.keys(connectionId).catch(() => null);
  }

  #today(): SessionDate {
    return kstDate(this.#parts.clock.now());
  }

  #view(stored: StoredConnection): KisConnection {
    const { connectionId, label, kind, endpoint, restUrl, wsUrl, accountMasked } = stored;
    const { hasHtsId, keyIssuedOn, lastTradedOn } = stored;
    const keptIn = this.keptIn(stored);
    return {
      connectionId,
      label,
      kind,
      endpoint,
      restHost: hostOf(restUrl),
      wsHost: hostOf(wsUrl),
      accountMasked,
      hasHtsId,
      keptIn,
      keyIssuedOn,
      keyExpiresOn: keyExpiry(keyIssuedOn),
      lastTradedOn,
      reminders: remindersOf(stored, { today: this.#today(), memoryOnly: keptIn === 'memory' }),
    };
  }
}
