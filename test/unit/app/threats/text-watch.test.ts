/** The logger that is heard: every text before secrets are hidden in it, without ever costing a line or hearing itself. */
import { describe, expect, it } from 'vitest';
import { heardLogger } from '#core/app/threats/text-watch.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';

function heard() {
  const { logger: inner, lines } = createMemoryLog();
  const { logger, texts } = heardLogger(inner);
  const told: string[] = [];
  const stop = texts.watch((_where, text) => void told.push(text));
  return { logger, texts, told, lines, stop };
}

describe('a logger that is heard', () => {
  it('tells message and facts of what is logged, of its children too, and logs all of it', () => {
    const { logger, told, lines, stop } = heard();
    logger.info('one');
    logger.warn('two', { at: 2 });
    logger.child('part').error('three', { deep: { key: 'value' } });
    logger.debug('four', { quiet: true });
    expect(told).toEqual(['one', 'two {"at":2}', 'three {"deep":{"key":"value"}}']);
    expect(lines.map(({ message }) => message)).toEqual(['one', 'two', 'three', 'four']);
    stop();
    logger.info('five');
    expect(told).toHaveLength(3);
    expect(lines).toHaveLength(5);
  });

  it('tells what an error says, and what only its cause says', () => {
    const { logger, told } = heard();
    const error = Object.assign(new Error('outer words', { cause: new Error('inner words') }), { code: 'E_CODE' });
    logger.error('failed', { error });
    for (const part of ['outer words', 'inner words', 'E_CODE']) expect(told[0]).toContain(part);
  });

  it('looks at the top of facts that go round in a circle, and at numbers too large for JSON', () => {
    const { logger, told, lines } = heard();
    const circle: Record<string, unknown> = { text: 'in the ring' };
    circle['self'] = circle;
    logger.warn('round', circle);
    logger.warn('large', { amount: 12_345_678_901_234_567_890n });
    expect(told[0]).toContain('in the ring');
    expect(told[1]).toContain('12345678901234567890');
    expect(lines).toHaveLength(2);
  });

  it('does not hear what its listener logs: one line is told once', () => {
    const { logger, texts, told, lines } = heard();
    texts.watch((_where, text) => logger.warn(`heard: ${text}`));
    logger.info('one');
    expect(told).toEqual(['one']);
    expect(lines.map(({ message }) => message)).toEqual(['heard: one', 'one']);
    logger.info('two');
    expect(told).toEqual(['one', 'two']);
  });

  it('loses no line to a listener that throws', () => {
    const { logger, texts, lines } = heard();
    texts.watch(() => {
      throw new Error('deaf');
    });
    logger.info('one');
    logger.info('two');
    expect(lines.map(({ message }) => message)).toEqual(['one', 'two']);
  });
});
