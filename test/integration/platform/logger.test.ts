/** The log file: what is written, what never is, and what happens when it cannot be. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLogger } from '#core/platform/index.ts';
import { CANARIES } from '../../support/canaries.ts';
import { tempFolder } from '../../support/temp-folder.ts';

describe('the log', () => {
  it('is JSON lines with time, level, service and facts, on file at once', () => {
    const log = createLogger(tempFolder());
    log.child('desk').info('order accepted', { orderId: 'A1', price: 70_100 });
    log.debug('not at this level');
    const lines = readFileSync(log.path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toMatchObject([
      { level: 'info', service: 'desk', msg: 'order accepted', orderId: 'A1', price: 70_100, pid: process.pid },
    ]);
    expect(lines[0]?.['time']).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(statSync(log.path).mode & 0o777).toBe(0o600);
    log.close();
  });

  it('holds no planted secret, wherever it was put', () => {
    const log = createLogger(tempFolder(), { level: 'debug' });
    for (const [name, canary] of Object.entries(CANARIES)) {
      log.info(`message with ${canary}`);
      log.warn('fact', { [name]: canary, plain: canary, list: [canary], deep: { deeper: { text: `x ${canary} y` } } });
      log.error('error', {
        error: new Error(`failed with ${canary}`, { cause: { body: JSON.stringify({ v: canary }) } }),
      });
      log
        .child('kis')
        .debug('request', { headers: { authorization: canary, appkey: canary }, url: `wss://h/?k=${canary}` });
    }
    const text = readFileSync(log.path, 'utf8');
    expect(text.trim().split('\n')).toHaveLength(4 * Object.keys(CANARIES).length);
    for (const line of text.trim().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow();
    for (const canary of Object.values(CANARIES)) expect(text).not.toContain(canary);
    log.close();
  });

  it('keeps a bounded number of files of a bounded size', () => {
    const dir = tempFolder();
    const log = createLogger(dir, { fileBytes: 2_000, keptFiles: 2 });
    for (let line = 0; line < 200; line += 1) log.info('line', { line });
    log.close();
    const files = readdirSync(join(dir, 'logs')).toSorted();
    expect(files).toEqual(['maru.log', 'maru.log.1', 'maru.log.2']);
    for (const file of files) expect(statSync(join(dir, 'logs', file)).size).toBeLessThanOrEqual(2_000);
    expect(readFileSync(log.path, 'utf8')).toContain('"line":199');
  });

  it('goes on after a restart in the same file', () => {
    const dir = tempFolder();
    for (const run of [1, 2]) {
      const log = createLogger(dir);
      log.info('start', { run });
      log.close();
    }
    expect(
      readFileSync(join(dir, 'logs', 'maru.log'), 'utf8')
        .trim()
        .split('\n'),
    ).toHaveLength(2);
  });

  it('that cannot be written costs lines, not the program', () => {
    const dir = tempFolder();
    mkdirSync(join(dir, 'logs', 'maru.log'), { recursive: true });
    const log = createLogger(dir);
    log.info('lost');
    expect(log.lostLines()).toBe(1);
    expect(existsSync(log.path)).toBe(true);
    log.close();
  });
});
