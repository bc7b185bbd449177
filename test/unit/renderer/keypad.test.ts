/** Keys of the quantity keypad. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEntry } from '../../../renderer/panels/order-ticket/parts/entry.ts';
import { PAD_KEYS, type PadKey, pressPad } from '../../../renderer/panels/order-ticket/parts/pad-keys.ts';

function presses(keys: readonly PadKey[], text = '', most: number | null = 321): string {
  let at = text;
  for (const key of keys) {
    const pressed = pressPad(at, key, most);
    if (pressed.ok) at = pressed.text;
  }
  return at;
}

describe('the keypad', () => {
  it('writes numbers as they are spelled', () => {
    expect(presses(['1', '2', '00'])).toBe('1,200');
    expect(presses(['3', 'man'])).toBe('3만');
    expect(presses(['1', 'man', '5', '00'])).toBe('1만500');
    expect(presses(['0', '0', '7'])).toBe('7');
    expect(presses(['00'])).toBe('0');
  });

  it('takes back a digit, all of it, or the most that can be ordered', () => {
    expect(presses(['back'], '1,234')).toBe('123');
    expect(presses(['back'], '3만')).toBe('3');
    expect(presses(['clear'], '1,234')).toBe('');
    expect(presses(['max'], '9')).toBe('321');
    expect(pressPad('9', 'max', null)).toEqual({ ok: false });
  });

  it('refuses a key that makes no number, and leaves what stands there', () => {
    expect(pressPad('', 'man', 1)).toEqual({ ok: false });
    expect(pressPad('3만', 'man', 1)).toEqual({ ok: false });
    expect(pressPad('삼성', '5', 1)).toEqual({ ok: false });
    expect(pressPad('1.', '5', 1)).toEqual({ ok: false });
    expect(pressPad('999999999999999', '00', 1)).toEqual({ ok: false });
  });

  it('never leaves a text that is no number', () => {
    const keys = fc.array(fc.constantFrom(...PAD_KEYS.flat().filter((key) => key !== 'back')), { maxLength: 30 });
    fc.assert(
      fc.property(keys, (pressed) => {
        const text = presses(pressed);
        return text === '' || readEntry(text, 'quantity').ok;
      }),
    );
  });
});
