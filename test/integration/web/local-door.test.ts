/** The local door: the command line finds the running core, nobody else does, and dead sockets are cleared. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectLocal, localDoorPath, startLocalDoor } from '#core/hosts/web/index.ts';
import { systemIds, systemTimers } from '#core/platform/index.ts';
import { connect, serve } from '#shared/rpc/index.ts';
import { createMemoryLog } from '../../support/memory-log.ts';
import { SampleCore, sampleContract } from '../../support/sample-contract.ts';
import { tempFolder } from '../../support/temp-folder.ts';

async function openDoor(dataDir: string) {
  const core = new SampleCore();
  const door = await startLocalDoor({
    dataDir,
    serve: (pipe, name) => {
      const server = serve(sampleContract, core.handlers, pipe, {
        protocol: 1,
        door: name,
        timers: systemTimers,
        logger: createMemoryLog().logger,
        ids: systemIds,
      });
      return () => server.dispose();
    },
  });
  onTestFinished(() => door.close());
  return { core, door };
}

async function dial(dataDir: string) {
  const pipe = await connectLocal(dataDir);
  if (!pipe) throw new Error('nobody listens');
  return connect(sampleContract, pipe, { protocol: 1, timers: systemTimers, report: () => undefined });
}

describe('the socket file (Unix)', () => {
  it('is for this user only, and goes with the door', async () => {
    const { door } = await openDoor(tempFolder());
    expect(statSync(door.path).mode & 0o777).toBe(0o600);
    await door.close();
    expect(existsSync(door.path)).toBe(false);
  });

  it('moves to a private temporary folder when the path is too long for a socket', async () => {
    const deep = join(tempFolder(), 'ㄱ'.repeat(60));
    mkdirSync(deep);
    const { door } = await openDoor(deep);
    expect(Buffer.byteLength(door.path)).toBeLessThanOrEqual(100);
    expect(statSync(dirname(door.path)).mode & 0o777).toBe(0o700);
    const { client } = await dial(deep);
    expect(await client.desk.double({ n: 1 })).toEqual({ n: 2 });
  });

  it('left by a killed core is cleared', async () => {
    const dataDir = tempFolder();
    const path = localDoorPath(dataDir);
    const dead = spawn(process.execPath, [
      '-e',
      `require('net').createServer().listen(${JSON.stringify(path)}, () => console.log('up'))`,
    ]);
    await new Promise((resolve) => dead.stdout.once('data', resolve));
    dead.kill('SIGKILL');
    await new Promise((resolve) => dead.once('close', resolve));
    expect(statSync(path).isSocket()).toBe(true);
    expect(await connectLocal(dataDir)).toBeNull();
    await openDoor(dataDir);
    expect(await (await dial(dataDir)).client.desk.double({ n: 2 })).toEqual({ n: 4 });
  });

  it('of a living core is left alone', async () => {
    const dataDir = tempFolder();
    await openDoor(dataDir);
    await expect(openDoor(dataDir)).rejects.toMatchObject({ code: 'DATA_IN_USE' });
    expect(await (await dial(dataDir)).client.desk.double({ n: 3 })).toEqual({ n: 6 });
  });

  it('that is no socket is not touched', async () => {
    const dataDir = tempFolder();
    writeFileSync(localDoorPath(dataDir), 'mine');
    await expect(openDoor(dataDir)).rejects.toMatchObject({ code: 'DATA_NOT_WRITABLE' });
    expect(await connectLocal(dataDir)).toBeNull();
    expect(statSync(localDoorPath(dataDir)).size).toBe(4);
  });
});

describe('the command line', () => {
  it('finds no core where none runs', async () => {
    expect(await connectLocal(tempFolder())).toBeNull();
  });

  it('speaks the same frames: calls, tables, bytes, streams', async () => {
    const dataDir = tempFolder();
    const { core } = await openDoor(dataDir);
    core.onState = (sink) => sink.snapshot([1, 2, 3]);
    const { client } = await dial(dataDir);
    expect((await client.desk.table({ rows: 10_000 })).columns.ts[9_999]).toBe(9_999);
    expect(await client.desk.upload({}, new Uint8Array(100))).toBe(100);
    expect(await new Promise((resolve) => client.desk.state({}, { batch: resolve }))).toEqual([1, 2, 3]);
    await expect(client.desk.denied({})).rejects.toMatchObject({ code: 'GUARD_LOT' });
  });

  it('learns that the core was closed', async () => {
    const dataDir = tempFolder();
    const { door } = await openDoor(dataDir);
    const connection = await dial(dataDir);
    await connection.ready;
    await door.close();
    expect(await connection.closed).toMatchObject({ code: 'PIPE_CLOSED' });
  });
});
