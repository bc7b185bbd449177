/** What keeps secrets by name: the keychain of the operating system, or memory. */

export interface SecretStore {
  /** null: nothing is kept under the name. Throws KEYCHAIN_FAILED where the store cannot be read, which is never "nothing". */
  read(name: string): Promise<string | null>;
  /** Throws KEYCHAIN_FAILED. */
  write(name: string, secret: string): Promise<void>;
  /** false: there was nothing. Throws KEYCHAIN_FAILED. */
  remove(name: string): Promise<boolean>;
}
