/** A key in the log: seen on its way, answered, and kept nowhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { incidentFiles } from '#core/app/threats/incident-file.ts';
import { heardLogger } from '#core/app/threats/text-watch.ts';
import { createLogger } from '#core/platform/index.ts';
import { GuardStand } from '../../support/guard-stand.ts';
import { digits, letters } from '../../support/made-up-keys.ts';
import { tempFolder } from '../../support/temp-folder.ts';

async function watching() {
  const folder = tempFolder();
  const file = createLogger(folder);
  const { logger, texts } = heardLogger(file);
  const guard = await GuardStand.open({ storePath: join(folder, 'threats.db') });
  texts.watch((where, text) => guard.room.tell({ kind: 'text', ts: guard.stand.hub.exchangeNow(), where, text }));
  guard.security.exportIncident = incidentFiles(folder, guard.stand.time.clock);
  guard.sign('P10');
  /** Everything that was written, in whatever file, and everything that was told. */
  const kept = (): string => {
    file.close();
    guard.room.history?.flush();
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    const written = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'));
    const told = [
      guard.items,
      guard.written,
      guard.stand.journal.entries,
      guard.stand.log.lines,
      guard.room.snapshot(),
    ];
    return [...written, JSON.stringify(told)].join('\n');
  };
  return { guard, logger, kept };
}

describe('a secret on its way to the log', () => {
  it.each([
    ['as a fact', (key: string, log: Log) => log.info('call', { appkey: key })],
    ['in a sentence', (key: string, log: Log) => log.warn(`the key is ${key}, they say`)],
    [
      'in what an error says',
      (key: string, log: Log) => log.child('kis').error('failed', { error: new Error(`no ${key}`) }),
    ],
  ])('%s is a threat that is answered, and its value is kept nowhere', async (_how, write) => {
    const { guard, logger, kept } = await watching();
    const key = `${letters(33)}aZ7`;
    write(key, logger);
    const [threat] = guard.room.threats().filter(({ detector }) => detector === 'O10');
    expect(threat).toMatchObject({ severity: 'C', family: 'security', subject: 'log', phase: 'confirmed' });
    await guard.stand.advance(1_100);
    expect(guard.play('P10')).toMatchObject({ state: 'done', by: 'mandate' });
    const everything = kept();
    expect(everything).toContain('incidents/');
    expect(everything).toContain('O10');
    expect(everything).not.toContain(key);
  });

  it('of a whole secret and an account number neither', async () => {
    const { guard, logger, kept } = await watching();
    const [secret, account] = [`${letters(177)}aZ7`, `${digits(8)}-01`];
    logger.info(`account ${account}`);
    expect(guard.room.threats().find(({ detector }) => detector === 'O10')).toMatchObject({ severity: 'H' });
    logger.info('answer', { body: { appsecret: secret } });
    expect(guard.room.threats().find(({ detector }) => detector === 'O10')).toMatchObject({ severity: 'C' });
    await guard.stand.advance(1_100);
    const everything = kept();
    for (const hidden of [secret, account]) expect(everything).not.toContain(hidden);
  });

  it('is none where nothing of that shape is written', async () => {
    const { guard, logger } = await watching();
    logger.info('order accepted', { orderId: '01M8DX6B7J674ZR318FSZBD5PP', price: 70_000, code: '005930' });
    logger.error('failed', { error: new Error('no answer within 5000 ms') });
    expect(guard.room.threats().filter(({ detector }) => detector === 'O10')).toEqual([]);
  });
});

type Log = Awaited<ReturnType<typeof watching>>['logger'];
