/** Downloads of symbol masters from a server on this machine: what comes, what is missing, a dead host, and the nightly one. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { masterFile } from '#core/emulator/synthetic/index.ts';
import { BUNDLED } from '#core/market/index.ts';
import { masterSpecs } from '#core/masters/index.ts';
import { createFakeTime } from '#test/support/fake-time.ts';
import { serveMasterHost } from '#test/support/master-files.ts';
import { masterRoom } from '#test/support/master-room.ts';

const coded = (code: string): unknown => expect.objectContaining({ code });
const HOUR_MS = 3_600_000;

function synthetic(path: string): Buffer | null {
  return masterFile(path.replace('/common/master/', ''), BUNDLED);
}

async function host(file: Parameters<typeof serveMasterHost>[0]) {
  const served = await serveMasterHost(file);
  onTestFinished(() => served.close());
  return served;
}

describe('a download', () => {
  it('asks for every file by its address, takes all in, and remembers that it did', async () => {
    const { room } = masterRoom();
    const { base, asked } = await host(synthetic);
    room.configure({ base });
    const report = await room.download(null);
    expect(asked).toEqual(masterSpecs().map(({ path }) => path));
    expect(report.files.map(({ state }) => state)).toEqual(Array.from({ length: 28 }, () => 'taken'));
    expect(room.status().nightly).toMatchObject({ official: false, failed: null });
    expect(room.status().nightly.doneTs).not.toBeNull();
    expect(room.status().files.every(({ kept }) => kept?.source === 'download')).toBe(true);
  });

  it('of single files asks for them alone', async () => {
    const { room } = masterRoom();
    const { base, asked } = await host(synthetic);
    room.configure({ base });
    const report = await room.download(['memcode.mst', 'nasmst.cod']);
    expect(asked).toEqual(['/common/master/memcode.mst', '/common/master/nasmst.cod.zip']);
    expect(report.files).toHaveLength(2);
    await expect(room.download(['other.mst'])).rejects.toThrow(coded('MASTER_FILE_UNKNOWN'));
  });

  it('tells what the server does not have, and takes the rest', async () => {
    const { room } = masterRoom();
    const { base } = await host((path) => {
      if (path.includes('fostkcode')) return null;
      return path.includes('focode') ? { status: 503 } : synthetic(path);
    });
    room.configure({ base });
    const { files } = await room.download(null);
    const refused = files.filter(({ state }) => state === 'refused');
    expect(refused.map(({ file }) => file)).toEqual(['focode.mst', 'fostkcode.mst']);
    expect(refused[0]?.error?.messageKo).toContain('HTTP 503');
    expect(room.status().files.find(({ file }) => file === 'fostkcode.mst')?.refused?.why.code).toBe('MASTER_DOWNLOAD');
    expect(room.status().nightly.failed).toMatchObject({ times: 1 });
  });

  it('from a host that is dead ends at the first file, and nothing is lost', async () => {
    const { room } = masterRoom();
    const alive = await host(synthetic);
    room.configure({ base: alive.base });
    await room.download(['memcode.mst']);
    await alive.close();
    await expect(room.download(null)).rejects.toThrow(coded('MASTER_DOWNLOAD'));
    expect(room.status().files.find(({ file }) => file === 'memcode.mst')?.kept?.rows).toBeGreaterThan(0);
    expect(room.status().nightly.failed).toMatchObject({ times: 1, why: { code: 'MASTER_DOWNLOAD' } });
  });

  it('never leaves this machine in a test, whatever the address', async () => {
    const { room } = masterRoom();
    expect(room.status().nightly).toMatchObject({ on: false, official: true });
    await expect(room.download(['memcode.mst'])).rejects.toThrow(coded('MASTER_DOWNLOAD'));
    expect(() => room.configure({ base: 'http://example.com' })).toThrow(coded('MASTER_HOST'));
  });
});

describe('the nightly download', () => {
  it('asks nobody until it is switched on; then once a night', async () => {
    const time = createFakeTime();
    const { room } = masterRoom({ clock: time.clock, timers: time.timers });
    const { base, asked } = await host(synthetic);
    room.configure({ base });
    await time.advance(48 * HOUR_MS);
    expect(asked).toEqual([]);
    const { nextTs } = room.configure({ nightly: true });
    expect(nextTs).not.toBeNull();
    const done = new Promise<void>((resolve) => {
      room.watch(({ state }) => {
        if (state === 'done' && asked.length > 0) resolve();
      });
    });
    await time.advance((nextTs ?? 0) - time.clock.now() + 60_000);
    await done;
    expect(asked).toHaveLength(28);
    await time.advance(3 * HOUR_MS);
    expect(asked).toHaveLength(28);
    expect(room.status().nightly.doneTs).not.toBeNull();
  });

  it('is kept over a restart, and switched off is off', async () => {
    const { room, folder } = masterRoom();
    room.configure({ nightly: true, base: 'http://127.0.0.1:9' });
    await room.close();
    const again = masterRoom({ folder });
    expect(again.room.status().nightly).toMatchObject({ on: true, base: 'http://127.0.0.1:9' });
    again.room.configure({ nightly: false, base: null });
    expect(again.room.status().nightly).toMatchObject({ on: false, nextTs: null, official: true });
  });
});
