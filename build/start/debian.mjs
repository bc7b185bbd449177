/** What the end-to-end tests need of the machine: Chromium and a Korean font, installed by apt where that is allowed. */
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, say } from './run.mjs';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const FONT_FOLDERS = ['/usr/share/fonts/opentype/noto', '/usr/share/fonts/truetype/noto', '/usr/share/fonts/noto-cjk'];
const APT_LIMIT_MS = 8 * 60_000;

/** @param {string} name */
function onPath(name) {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function missingPackages() {
  const browser = process.env['MARU_BROWSER'] !== undefined || BROWSERS.some(onPath);
  const font = FONT_FOLDERS.some(
    (folder) => existsSync(folder) && readdirSync(folder).some((name) => name.includes('CJK')),
  );
  return [...(browser ? [] : ['chromium']), ...(font ? [] : ['fonts-noto-cjk'])];
}

/** Installs what is missing where this user may, else says what to install. Never fails: the tests tell what is not there. */
export async function prepareMachine() {
  if (process.platform !== 'linux') return;
  const wanted = missingPackages();
  if (wanted.length === 0) return;
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    say(`화면 시험에 필요합니다: ${wanted.join(' ')}. 예: sudo apt-get install ${wanted.join(' ')}`);
    return;
  }
  say(`${wanted.join(' ')}을(를) 설치합니다.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await run('apt-get', ['update', '-qq'], { env, limitMs: APT_LIMIT_MS });
  const install = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...wanted], {
    env,
    limitMs: APT_LIMIT_MS,
  });
  if (install.code !== 0)
    say(`설치하지 못했습니다: ${wanted.join(' ')}\n${update.output.slice(-1_000)}${install.output.slice(-2_000)}`);
}
