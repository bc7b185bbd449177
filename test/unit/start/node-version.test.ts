/** The sentence that refuses an old Node. */
import { describe, expect, it } from 'vitest';
import { nodeRefusal } from '#core/start/node-version.ts';

describe('nodeRefusal', () => {
  it('refuses what is below 22 in one line', () => {
    for (const version of ['18.20.8', '20.20.2', '21.7.3', '9.0.0']) {
      const line = nodeRefusal(version) ?? '';
      expect(line).toContain(version);
      expect(line).toContain('22');
      expect(line).not.toContain('\n');
    }
  });

  it('lets 22 and newer pass', () => {
    for (const version of ['22.0.0', '24.21.0', '100.0.0']) expect(nodeRefusal(version)).toBeNull();
  });
});
