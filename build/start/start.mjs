/** `npm start`: installs, builds and opens Maru. Electron where its program file can be had, else a browser window. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { obtainElectron } from './electron-binary.mjs';
import { findNode, fromCaller, isEntry, ROOT } from './places.mjs';
import { fail, ownEnv, say } from './run.mjs';
import { prepare } from './setup.mjs';

const USAGE = `npm start                             Maru를 엽니다.
npm start -- --headless [--port N]    창 없이 127.0.0.1에서 열고 주소를 알려 줍니다.
  --port N      포트 번호. 0이면 빈 포트를 고릅니다.
  --allow-real  웹 화면에서 증권사 공식 서버의 실전 주문 잠금을 풀 수 있게 합니다.
  --keys memory API 키를 키체인 대신 메모리에만 둡니다.
  --data DIR    자료 폴더`;

/** Exit codes and signals of a program that could not run here at all: not found, or Chromium's sandbox refused. */
const CANNOT_RUN = 126;

/** @param {readonly string[]} args */
export function readArgs(args) {
  const flags = {
    headless: false,
    help: false,
    port: /** @type {string | null} */ (null),
    data: /** @type {string | null} */ (null),
    allowReal: false,
    keys: /** @type {string | null} */ (null),
  };
  for (let place = 0; place < args.length; place += 1) {
    const [name = '', inline] = (args[place] ?? '').split(/=(.*)/s, 2);
    const value = () => {
      const given = inline ?? args[(place += 1)];
      if (given === undefined || given === '') throw new RangeError(`${name}에 값이 없습니다.`);
      return given;
    };
    if (name === '--headless') flags.headless = true;
    else if (name === '--help' || name === '-h') flags.help = true;
    else if (name === '--allow-real') flags.allowReal = true;
    else if (name === '--keys') flags.keys = value();
    else if (name === '--port') flags.port = value();
    else if (name === '--data') flags.data = fromCaller(value());
    else throw new RangeError(`모르는 말입니다: ${args[place]}`);
  }
  if (flags.port !== null && !flags.headless) throw new RangeError('--port는 --headless와 함께 씁니다.');
  if (flags.allowReal && !flags.headless) throw new RangeError('--allow-real는 --headless와 함께 씁니다.');
  if (flags.keys !== null && !flags.headless) throw new RangeError('--keys는 --headless와 함께 씁니다.');
  return flags;
}

/** How often this process looks whether the one that started it is still there. */
const LOOK_MS = 500;

/**
 * npm hands a signal to a shell that may die of it without passing it on: then the child here would stay behind.
 * @param {() => void} left
 */
function watchParent(left) {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    left();
  }, LOOK_MS);
  timer.unref();
}

/**
 * Runs a program in the user's hands: his signals reach it, its code becomes ours.
 * @param {string} command @param {readonly string[]} args @param {NodeJS.ProcessEnv} env @param {boolean} watched
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
function hold(command, args, env, watched) {
  return new Promise((ended) => {
    const child = spawn(command, [...args], {
      cwd: ROOT,
      env,
      // Where watched, the channel tells it that this process is gone.
      stdio: watched ? ['ignore', 'inherit', 'inherit', 'ipc'] : ['ignore', 'inherit', 'inherit'],
    });
    const pass = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal);
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, pass);
    watchParent(() => pass('SIGTERM'));
    child.once('error', () => ended({ code: CANNOT_RUN + 1, signal: null }));
    child.once('exit', (code, signal) => ended({ code, signal }));
  });
}

/** @param {string | null} data */
function dataFlag(data) {
  return data === null ? [] : ['--data', data];
}

/** @param {readonly string[]} args */
async function serve(args) {
  const node = findNode();
  const { code } = await hold(
    node ?? process.execPath,
    [join(ROOT, 'out', 'main', 'headless.js'), ...args],
    ownEnv(),
    true,
  );
  process.exit(code ?? 1);
}

function hasScreen() {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/** Whether Electron ran; false where it could not even begin. @param {string} program @param {string | null} data */
async function openElectron(program, data) {
  const env = ownEnv();
  // Left over from a tool, this would make Electron a plain Node.
  delete env['ELECTRON_RUN_AS_NODE'];
  // Chromium's sandbox does not run for the superuser.
  const superuser = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const { code, signal } = await hold(program, [ROOT, ...superuser, ...dataFlag(data)], env, false);
  if (code !== null && code <= 2) process.exit(code);
  return !(signal === 'SIGTRAP' || signal === 'SIGABRT' || (code ?? 0) >= CANNOT_RUN);
}

/** @param {ReturnType<typeof readArgs>} flags */
async function open(flags) {
  await prepare({ build: true });
  if (flags.headless) {
    return serve([
      ...(flags.port === null ? [] : ['--port', flags.port]),
      ...(flags.allowReal ? ['--allow-real'] : []),
      ...(flags.keys === null ? [] : ['--keys', flags.keys]),
      ...dataFlag(flags.data),
    ]);
  }
  const screen = hasScreen();
  const program = await obtainElectron();
  if (program !== null && screen) {
    if (await openElectron(program, flags.data)) process.exit(1);
    say('Electron이 이 컴퓨터에서 실행되지 않아 브라우저로 엽니다.');
  } else if (program === null) {
    say(screen ? 'Electron 실행 파일이 없어 브라우저로 엽니다.' : 'Electron 실행 파일이 없어 브라우저 주소로 엽니다.');
  } else {
    say('창을 띄울 화면이 없어 브라우저 주소로 엽니다.');
  }
  return serve([...(screen ? ['--window'] : []), ...dataFlag(flags.data)]);
}

/** @param {readonly string[]} args */
function main(args) {
  let flags;
  try {
    flags = readArgs(args);
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exit(2);
  }
  if (flags.help) {
    say(USAGE);
    return;
  }
  open(flags).catch(fail);
}

if (isEntry(import.meta.url)) main(process.argv.slice(2));
