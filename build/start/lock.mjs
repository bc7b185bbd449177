/** One set-up or build at a time, across processes. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOTES } from './places.mjs';
import { Failure, say } from './run.mjs';

const WAIT_MS = 20 * 60_000;
const POLL_MS = 300;

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** @param {string} path */
function tryLock(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
  let holder;
  try {
    holder = Number(readFileSync(path, 'utf8'));
  } catch {
    return false;
  }
  // The holder was killed: its file is of no use. An empty file is one being written.
  if (holder > 0 && !isAlive(holder)) rmSync(path, { force: true });
  return false;
}

/**
 * Runs `work` while no other process does.
 * @template T
 * @param {() => Promise<T>} work
 * @param {{ path?: string, waitMs?: number }} [options]
 * @returns {Promise<T>}
 */
export async function withLock(work, options = {}) {
  mkdirSync(NOTES, { recursive: true });
  const path = options.path ?? join(NOTES, 'setup.lock');
  const patience = Date.now() + (options.waitMs ?? WAIT_MS);
  let told = false;
  while (!tryLock(path)) {
    if (Date.now() > patience) throw new Failure(`다른 준비 작업이 끝나지 않습니다. 없다면 ${path} 파일을 지우세요.`);
    if (!told) say('다른 준비 작업이 끝나기를 기다립니다.');
    told = true;
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}
