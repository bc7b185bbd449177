/** Secrets can be written and used, never read back: looked for in every file, line, answer and error that a core makes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLogger, type HttpRequest } from '#core/platform/index.ts';
import type { OpenTransport } from '#core/app/index.ts';
import { RemoteError } from '#shared/rpc/index.ts';
import { openAppStand } from '#test/support/app-stand.ts';
import { digits, letters, madeUpEntry } from '#test/support/made-up-keys.ts';
import { openOfflineKis, transportTo } from '#test/support/offline-kis.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

/** Every file under a folder, as text of single bytes. */
function filesUnder(folder: string): { readonly path: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, text: readFileSync(path, 'latin1') }));
}

describe('secrets', () => {
  it('are in no file, log, answer, error or address, whatever is done with them', { timeout: 60_000 }, async () => {
    const dataDir = tempFolder();
    const logger = createLogger(dataDir, { level: 'debug' });
    onTestFinished(() => logger.close());
    const real = await openOfflineKis('real');
    const urls: string[] = [];
    const base = transportTo(real);
    const spying: OpenTransport = (ways) => {
      const inner = base(ways);
      return {
        ...inner,
        request: (request: HttpRequest) => {
          urls.push(request.url);
          return inner.request(request);
        },
        openSocket: (url, listener) => {
          urls.push(url);
          return inner.openSocket(url, listener);
        },
      };
    };
    const pin = digits(12);
    const stand = await openAppStand({ dataDir, logger, openTransport: spying });
    const told: unknown[] = [];
    const ask = async <T>(answer: Promise<T>): Promise<T | null> => {
      try {
        const value = await answer;
        told.push(value);
        return value;
      } catch (error) {
        told.push(error instanceof RemoteError ? error.envelope : String(error));
        return null;
      }
    };
    const { kis, environment, trading, system } = stand.client;
    const wrong = madeUpEntry({
      kind: 'real',
      restUrl: real.entry.restUrl,
      wsUrl: real.entry.wsUrl,
      htsId: letters(12),
    });
    const yaml = madeUpEntry();
    const yamlAccount = yaml.account.slice(0, 8);

    const saved = await ask(kis.save(real.entry));
    const bad = await ask(kis.save(wrong));
    // Refused for one field after the other, each with a secret in it.
    await ask(kis.save({ ...wrong, account: `${wrong.account}X` }));
    await ask(kis.save({ ...wrong, appKey: wrong.appSecret }));
    await ask(kis.save({ ...wrong, htsId: `${wrong.htsId ?? ''} x` }));
    await ask(kis.importYaml({ text: `my_app: ${yaml.appKey}\nmy_sec: "${yaml.appSecret}\n` }));
    await ask(
      kis.importYaml({
        text: `paper_app: ${yaml.appKey}\npaper_sec: ${yaml.appSecret}\nmy_paper_stock: "${yamlAccount}"\nvps: ${yaml.restUrl ?? ''}\nvops: ${yaml.wsUrl ?? ''}\n`,
        endpoint: 'emulator',
      }),
    );
    await ask(kis.connections({}));
    const checks = await ask(kis.test({ connectionId: saved?.connectionId ?? '' }));
    expect(checks?.map(({ step, ok }) => [step, ok])).toEqual([
      ['address', true],
      ['token', true],
      ['account', true],
      ['clock', true],
      ['approval', true],
      ['socket', true],
      ['notice', true],
    ]);
    const failing = await ask(kis.test({ connectionId: bad?.connectionId ?? '' }));
    expect(failing?.some(({ ok, reason }) => !ok && reason !== null && /[가-힣]/.test(reason.messageKo))).toBe(true);
    const price = {
      api: 'domestic-stock.inquire-price',
      params: { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '005930' },
    };
    expect(await ask(kis.call({ ...price, env: 'real' }))).toMatchObject({ complete: true, synthetic: false });
    await ask(kis.call({ api: 'domestic-stock.order-cash', env: 'real', params: {} }));
    await ask(kis.call({ api: 'auth.token', env: 'real', params: {} }));
    await ask(environment.setPin({ pin }));
    await ask(environment.switchTo({ environment: 'real', connectionId: bad?.connectionId ?? '' }));
    await expect.poll(() => stand.status().phase, { timeout: 15_000 }).toBe('failed');
    told.push(stand.status());
    await ask(environment.switchTo({ environment: 'real', connectionId: saved?.connectionId ?? '' }));
    await expect.poll(async () => (await trading.accounts({})).length, { timeout: 15_000 }).toBeGreaterThan(0);
    await ask(environment.arm({ pin: '0000' }));
    await ask(trading.accounts({}));
    await ask(system.journalVerify({}));
    const stop = kis.health({}, { batch: (items) => told.push(...items) });
    await expect
      .poll(() => told.some((item) => typeof item === 'object' && item !== null && 'callLimit' in item))
      .toBe(true);
    stop();
    await ask(kis.revokeToken({ connectionId: saved?.connectionId ?? '' }));
    logger.error('a crash of ours', { error: new Error(`it failed on ${wrong.appSecret}`) });

    const entries = [real.entry, wrong, yaml];
    const secrets = [
      pin,
      yamlAccount,
      ...entries.flatMap(({ appKey, appSecret, account, htsId }) => [
        appKey,
        appSecret,
        // No piece that would do for guessing the rest.
        appSecret.slice(20, 60),
        account.slice(0, 8),
        ...(htsId === null ? [] : [htsId]),
      ]),
    ];
    /** While it runs, with its write-ahead files, and again when it is closed. */
    const places = (): { readonly path: string; readonly text: string }[] => [
      ...filesUnder(dataDir),
      { path: 'answers', text: JSON.stringify(told) },
      { path: 'urls', text: urls.join('\n') },
    ];
    const found = (): string[] =>
      places().flatMap(({ path, text }) =>
        secrets.flatMap((secret, place) => (text.includes(secret) ? [`${path} holds secret ${place}`] : [])),
      );
    expect(places().some(({ path }) => path.endsWith('-wal'))).toBe(true);
    expect(found().filter((line) => !line.startsWith('urls'))).toEqual([]);
    await stand.close();
    expect(found().filter((line) => !line.startsWith('urls'))).toEqual([]);
    // Nothing but the account of an inquiry, which the broker wants in its query, is in an address; never a key.
    const inUrls = secrets.filter((secret) => urls.join('\n').includes(secret));
    expect(inUrls.every((secret) => entries.some(({ account }) => account.startsWith(secret)))).toBe(true);
    // The search itself finds what is there.
    expect(places().some(({ text }) => text.includes(saved?.connectionId ?? '?'))).toBe(true);
  });
});
