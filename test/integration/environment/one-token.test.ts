/** One access token for one key: two accounts of a key share it, and a secret entered anew is not vouched for by an old one. */
import { describe, expect, it } from 'vitest';
import { openAppStand } from '#test/support/app-stand.ts';
import { openOfflineKis, transportTo } from '#test/support/offline-kis.ts';

const tokenStep = (checks: readonly { readonly step: string; readonly ok: boolean }[]): boolean | undefined =>
  checks.find(({ step }) => step === 'token')?.ok;

describe('the access token of a key', () => {
  it('is shared by two product codes, outlives one of them, and does not vouch for another secret', async () => {
    const paper = await openOfflineKis('paper', { still: true });
    const { client } = await openAppStand({ openTransport: transportTo(paper) });
    const { entry } = paper;
    const test = async (connectionId: string) => tokenStep(await client.kis.test({ connectionId }));
    const first = await client.kis.save(entry);
    expect(await test(first.connectionId)).toBe(true);
    // The broker gives a token once a minute: a second one could not be had now.
    const second = await client.kis.save({ ...entry, account: entry.account.replace(/-?01$/, '-03') });
    expect(second.connectionId).not.toBe(first.connectionId);
    expect(await test(second.connectionId)).toBe(true);
    await client.kis.remove({ connectionId: first.connectionId });
    expect(await test(second.connectionId)).toBe(true);
    // The same keys once more are no other keys.
    await client.kis.save(entry);
    expect(await test(first.connectionId)).toBe(true);
    const wrong = entry.appSecret.slice(0, -1) + (entry.appSecret.endsWith('A') ? 'B' : 'A');
    await client.kis.save({ ...entry, appSecret: wrong });
    expect(await test(first.connectionId)).toBe(false);
  });
});
