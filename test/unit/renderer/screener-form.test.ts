/** The form of a screen: a figure is written with Korean units in Korean, and in full in English. */
import { describe, expect, it } from 'vitest';
import { lineText } from '../../../renderer/panels/screener/slice.ts';

describe('a figure of a condition', () => {
  it('stands as it was typed in Korean, and without Korean units in English', () => {
    expect(lineText('5,000억', 'ko')).toBe('5,000억');
    expect(lineText('5,000억', 'en')).toBe('500,000,000,000');
    expect(lineText('−3.5', 'en')).toBe('−3.5');
    // What is no figure is left for the user to see.
    expect(lineText('억', 'en')).toBe('억');
    expect(lineText('', 'en')).toBe('');
  });
});
