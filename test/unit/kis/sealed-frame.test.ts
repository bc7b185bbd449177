/** Encrypted notices: opened by their own key only, though one wrong key in 256 leaves a padding that looks right. */
import { createCipheriv, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { unseal } from '#core/broker/kis/realtime/sealed-frame.ts';
import samples from '../../fixtures/kis/ws.notices-decrypted.json' with { type: 'json' };

const newKeys = () => ({ key: randomBytes(16).toString('hex'), iv: randomBytes(8).toString('hex') });
const FILL = samples.H0STCNI0.fill;

function sealed(text: string, { key, iv }: ReturnType<typeof newKeys>): Buffer {
  const cipher = createCipheriv('aes-256-cbc', Buffer.from(key, 'utf8'), Buffer.from(iv, 'utf8'));
  return Buffer.from(Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64'));
}

describe('an encrypted notice', () => {
  it('is opened by its own key', () => {
    const keys = newKeys();
    expect(unseal(sealed(FILL, keys), keys)?.toString('utf8')).toBe(FILL);
    expect(unseal(Buffer.from('no base64!'), keys)).toBeNull();
  });

  it('is opened by no other, in 3,000 tries', () => {
    const frame = sealed(FILL, newKeys());
    expect(Array.from({ length: 3_000 }, () => unseal(frame, newKeys())).filter((plain) => plain !== null)).toEqual([]);
  });
});
