/** The words of the detectors: numbers, particles and names as they stand in sentences. */
import { describe, expect, it } from 'vitest';
import {
  decimal,
  IssueNames,
  percent,
  percentOfPpm,
  withParticle,
  wonEn,
  wonKo,
} from '#shared/threats/detectors/words.ts';
import { ID, issue } from './listening.ts';

describe('words of the detectors', () => {
  it('writes numbers', () => {
    expect([decimal(1_234_567), decimal(-1_234.56, 1), decimal(999), decimal(-0.04, 1)]).toEqual([
      '1,234,567',
      '-1,234.6',
      '999',
      '0.0',
    ]);
    expect([decimal(Number.NaN), decimal(Number.POSITIVE_INFINITY)]).toEqual(['?', '?']);
    expect([percent(0.0213), percent(-0.5, 0), percentOfPpm(-81_100, 2)]).toEqual(['2.1 %', '-50 %', '-8.11 %']);
  });

  it('writes won', () => {
    expect([wonKo(1_234_500), wonKo(-1_250_000_000), wonKo(2_345_600_000_000)]).toEqual([
      '1,234,500원',
      '-13억 원',
      '2.3조 원',
    ]);
    expect([wonEn(1_234_500), wonEn(12_340_000), wonEn(-1_250_000_000), wonEn(2e12)]).toEqual([
      'KRW 1,234,500',
      'KRW 12.3 million',
      'KRW -1.3 billion',
      'KRW 2.0 trillion',
    ]);
  });

  it('puts the particle that belongs to the word', () => {
    const subjects = [
      '삼성전자',
      'LG화학',
      '카카오',
      'POSCO',
      'NAVER',
      'SK',
      '코스피200',
      'KODEX 3',
      '에코프로(주)',
      '?!',
    ];
    expect(subjects.map((word) => withParticle(word, '이/가'))).toEqual([
      '삼성전자가',
      'LG화학이',
      '카카오가',
      'POSCO가',
      'NAVER가',
      'SK가',
      '코스피200이',
      'KODEX 3이',
      '에코프로(주)가',
      '?!이(가)',
    ]);
    expect(['서울', '부산', '제주'].map((word) => withParticle(word, '으로/로'))).toEqual([
      '서울로',
      '부산으로',
      '제주로',
    ]);
    expect([withParticle('기관', '을/를'), withParticle('외국인', '은/는'), withParticle('기아', '와/과')]).toEqual([
      '기관을',
      '외국인은',
      '기아와',
    ]);
  });

  it('keeps names of issues, short enough for a sentence', () => {
    const names = new IssueNames();
    expect(names.of(ID)).toBe('005930');
    names.learn(issue());
    names.learn(issue({ nameKo: '' }));
    expect(names.of(ID)).toBe('삼성전자');
    names.learn(issue({ nameKo: '가'.repeat(80) }));
    expect(names.of(ID)).toHaveLength(30);
  });
});
