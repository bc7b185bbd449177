/** Korean letters as they are typed. */
import { describe, expect, it } from 'vitest';
import {
  findUnits,
  hasInitials,
  initialsOf,
  keysOfKorean,
  koreanOfKeys,
  readingsOf,
} from '../../../renderer/ui/hangul.ts';

const reads = (typed: string, name: string): boolean => readingsOf(typed).some((units) => findUnits(name, units) === 0);

describe('initials', () => {
  it('are the first consonants of syllables', () => {
    expect(initialsOf('삼성전자 A')).toBe('ㅅㅅㅈㅈ a');
    expect([hasInitials('삼ㅅ'), hasInitials('삼성')]).toEqual([true, false]);
  });
});

describe('a wrong keyboard layout', () => {
  it.each([
    ['tkatjd', '삼성'],
    ['tkatjdwjswk', '삼성전자'],
    ['rldk', '기아'],
    ['gkdlslrtm', '하이닉스'],
    ['tmxlvlak', '스티피마'],
    ['rhkwp', '과제'],
    ['ekfrrhrl', '닭고기'],
    ['djqtek', '없다'],
    ['rkqtdl', '값이'],
    ['rkqtl', '갑시'],
    ['dlTek', '있다'],
    ['tkatjdw', '삼성ㅈ'],
    ['ttww', 'ㅅㅅㅈㅈ'],
    ['TKATJD', '쌈썽'],
    ['dmlwjd', '의정'],
    ['LG', 'ㅣㅎ'],
  ])('%s is %s', (keys, korean) => {
    expect(koreanOfKeys(keys)).toBe(korean);
  });

  it('works the other way too', () => {
    expect(keysOfKorean('ㅁ메ㅣ')).toBe('aapl');
    expect(keysOfKorean('ㅅ니ㅁ')).toBe('tsla');
    expect(keysOfKorean('ㅏㅐㅇㄷㅌ')).toBe('kodex');
    expect(keysOfKorean('005930')).toBeNull();
  });

  it('is no question where nothing could be mistyped', () => {
    expect([koreanOfKeys('삼성'), koreanOfKeys('005930'), koreanOfKeys('s')]).toEqual([null, null, null]);
  });
});

describe('a name while it is typed', () => {
  it.each([
    'ㅅ',
    '사',
    '삼',
    '삼ㅅ',
    '삼서',
    '삼성',
    '삼섲',
    '삼성ㅈ',
    '삼성저',
    '삼성전',
    '삼성전ㅈ',
    '삼성전자',
    'ㅅㅅㅈㅈ',
    '삼ㅅㅈㅈ',
  ])('%s leads to 삼성전자', (typed) => {
    expect(reads(typed, '삼성전자')).toBe(true);
  });

  it('reads what an input method has drawn together', () => {
    // ㅎ ㅏ ㅇ ㄴ: the first consonants of 이 and 닉.
    expect(reads('항ㄴ', '하이닉스')).toBe(true);
    // ㄱ ㅅ is drawn as one letter.
    expect(reads('ㄳ', '기술투자')).toBe(true);
    // ㅂ ㅏ ㄹ ㄱ.
    expect(reads('밝', '발근')).toBe(true);
    // A vowel that can still grow.
    expect(reads('고', '관악')).toBe(true);
    expect(reads('갈', '갉아')).toBe(true);
  });

  it('does not loosen syllables that are finished', () => {
    expect(reads('삼저', '사전자')).toBe(false);
    expect(reads('서성', '섬성')).toBe(false);
    expect(reads('삼성', '삼서')).toBe(false);
    expect(reads('ㅅ', 'ㅅ')).toBe(false);
  });
});
