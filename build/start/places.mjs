/** Where things lie in this project. Plain JavaScript: runs on the system's Node 18 before anything is installed. */
import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What these scripts note down between runs; not part of the project. */
export const NOTES = join(ROOT, '.maru');
/** The folder in which the user called, for paths on the command line. */
export const CALLER = process.env['INIT_CWD'] ?? process.cwd();
/** The oldest Node major version that runs Maru itself. */
export const NEEDED_NODE = 22;

const OWN_NODE = join(ROOT, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** The Node that runs Maru: the installed one, else this one if it is new enough, else null. */
export function findNode() {
  if (existsSync(OWN_NODE)) return OWN_NODE;
  return Number.parseInt(process.versions.node, 10) >= NEEDED_NODE ? process.execPath : null;
}

/** A path of the command line made absolute against the caller's folder. @param {string} path */
export function fromCaller(path) {
  return resolve(CALLER, path);
}

/** Whether a module is the program itself, not an import. @param {string} url its `import.meta.url` */
export function isEntry(url) {
  const program = process.argv[1];
  return program !== undefined && pathToFileURL(realpathSync(program)).href === url;
}
