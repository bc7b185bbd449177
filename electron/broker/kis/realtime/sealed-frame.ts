/** Opens the encrypted frames of order notices: base64 of AES-256-CBC with the key and iv of the registration's answer. */
import { createDecipheriv } from 'node:crypto';
import type { ChannelKeys } from './control-message.ts';

const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

/** Below it stand control signs, of which a record has none. */
const BLANK = 0x20;

/** The fields of an encrypted payload; null where the keys do not open it. */
export function unseal(payload: Buffer, keys: ChannelKeys): Buffer | null {
  const text = payload.toString('latin1');
  if (!BASE64.test(text)) return null;
  try {
    const decipher = createDecipheriv('aes-256-cbc', Buffer.from(keys.key, 'utf8'), Buffer.from(keys.iv, 'utf8'));
    const plain = Buffer.concat([decipher.update(Buffer.from(text, 'base64')), decipher.final()]);
    // One wrong key in 256 leaves a padding that looks right: what it opens is noise, and noise has control signs.
    return plain.every((byte) => byte >= BLANK) ? plain : null;
  } catch {
    // The wrong key shows in the padding; the reason may hold parts of the text and is not kept.
    return null;
  }
}
