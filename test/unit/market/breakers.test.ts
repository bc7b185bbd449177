/** Circuit breakers, the sidecar and reopening auctions as published. */
import { describe, expect, it } from 'vitest';
import {
  breakerRules,
  LIQUIDATION_SESSIONS,
  REOPENING_RANDOM_END_MS,
  reopening,
  sidecarRules,
  SINGLE_PRICE_CYCLE_MS,
  SINGLE_PRICE_REASONS,
} from '#shared/market/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import vectors from '#test/fixtures/krx-rules/halts.json' with { type: 'json' };

const date = sessionDate('2026-11-24');
const MINUTE = 60_000;

describe('circuit breaker', () => {
  it.each(['KOSPI', 'KOSDAQ'] as const)('of %s', (market) => {
    const rules = breakerRules(market, date);
    const published = vectors.circuitBreakers.levels;
    expect(rules?.levels.map(({ dropPpm }) => dropPpm)).toEqual(published.map(({ dropPct }) => dropPct * 10_000));
    expect(rules?.levels.map(({ furtherPpm }) => furtherPpm)).toEqual([0, 10_000, 10_000]);
    expect(rules?.levels.map(({ haltMs }) => haltMs)).toEqual([20 * MINUTE, 20 * MINUTE, null]);
    expect(rules?.levels.map(({ auctionMs }) => auctionMs)).toEqual([10 * MINUTE, 10 * MINUTE, null]);
    expect(rules).toMatchObject({
      sustainMs: MINUTE,
      afterOpenMs: MINUTE,
      beforeCloseMs: 40 * MINUTE,
      notAfterLevels: [1, 2],
      status: 'C',
    });
  });

  it('is not known before 2015-06-15, not there on KONEX, and unconfirmed before the text read', () => {
    expect(breakerRules('KOSPI', sessionDate('2015-06-12'))).toBeNull();
    expect(breakerRules('KONEX', date)).toBeNull();
    expect(breakerRules('KOSPI', sessionDate('2024-08-05'))?.status).toBe('U');
  });
});

describe('sidecar', () => {
  it('by market', () => {
    const common = {
      sustainMs: MINUTE,
      freezeMs: 5 * MINUTE,
      afterOpenMs: 5 * MINUTE,
      beforeCloseMs: 40 * MINUTE,
      status: 'C',
    };
    expect(sidecarRules('KOSPI', date)).toMatchObject({
      index: 'KOSPI200',
      futuresPpm: 50_000,
      spotPpm: null,
      ...common,
    });
    expect(sidecarRules('KOSDAQ', date)).toMatchObject({
      index: 'KOSDAQ150',
      futuresPpm: 60_000,
      spotPpm: 30_000,
      ...common,
    });
    expect(sidecarRules('KONEX', date)).toBeNull();
  });
});

describe('opening again', () => {
  it('ten minutes on KRX, half a minute on NXT since the reform, unknown before', () => {
    expect(reopening({ venue: 'KRX', after: 'circuitBreaker', date })).toMatchObject({
      auctionMs: 10 * MINUTE,
      status: 'C',
    });
    expect(reopening({ venue: 'KRX', after: 'halt', date })).toMatchObject({ auctionMs: 10 * MINUTE, status: 'C' });
    for (const after of ['circuitBreaker', 'halt'] as const) {
      expect(reopening({ venue: 'NXT', after, date })).toMatchObject({ auctionMs: 30_000, status: 'C' });
      expect(reopening({ venue: 'NXT', after, date: sessionDate('2026-09-11') })).toMatchObject({
        auctionMs: 0,
        status: 'U',
      });
    }
    expect(() => reopening({ venue: 'NXT', after: 'halt', date: sessionDate('2025-03-03') })).toThrow(RangeError);
    expect(REOPENING_RANDOM_END_MS).toBe(30_000);
  });

  it('single prices every thirty minutes', () => {
    expect(SINGLE_PRICE_CYCLE_MS).toBe(30 * MINUTE);
    expect(SINGLE_PRICE_REASONS.map(({ reason }) => reason)).toContain('overheated');
    expect(LIQUIDATION_SESSIONS).toBe(7);
  });
});
