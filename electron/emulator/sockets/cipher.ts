/** Encryption of order notices: AES-256-CBC, key and initial vector as the texts of the acknowledgement. */
import { createCipheriv } from 'node:crypto';

const KEY_LETTERS = 32;
const IV_LETTERS = 16;

/** What an acknowledgement hands out. */
export interface CipherKeys {
  readonly key: string;
  readonly iv: string;
}

/** New texts of small letters and figures, 32 and 16 long. */
export function newKeys(random: (size: number) => Uint8Array): CipherKeys {
  const text = (count: number): string => Array.from(random(count), (byte) => (byte % 36).toString(36)).join('');
  return { key: text(KEY_LETTERS), iv: text(IV_LETTERS) };
}

/** The payload of an encrypted frame. @source protocol.md §11 */
export function encrypted(text: string, { key, iv }: CipherKeys): string {
  const cipher = createCipheriv('aes-256-cbc', Buffer.from(key), Buffer.from(iv));
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}
