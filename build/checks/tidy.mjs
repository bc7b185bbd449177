/** House rules that no other tool knows: file heads, names, sizes, words, links, error codes, the lockfile. Exit code 1 with a line for each breach. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{ path: string, text: string }} Source */

const FOLDERS = ['shared', 'electron', 'renderer', 'test', 'build', 'docs', 'resources', '.ci'];
const CODE = /\.(ts|tsx|mjs)$/;
const MAX_LINES = 400;
const NO_NAMES = /^(utils?|helpers?|common|manager|misc)$/;
const CODE_NAME = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*\.(ts|tsx|mjs|d\.ts)$/;
/** What must not stand in the repository: a machine's paths, registry addresses, unfinished work. */
const NO_WORDS = [
  { found: /(?<![\w.])\/(?:work|root|home\/(?!user\/)\w+|tmp|Users\/\w+)\//, why: "a machine's own path" },
  { found: /registry\.(?:npmjs|yarnpkg)\.\w+|npmmirror|_authToken/i, why: 'a registry' },
  { found: /\b(?:TODO|FIXME|XXX|HACK)\b/, why: 'unfinished work' },
  {
    found: /\b(?:it|test|describe|suite)\.(?:only|skip|todo|fails)\b|\bx(?:it|describe)\(/,
    why: 'a test that does not run with the others',
  },
];
/** Files that have to name what is forbidden. */
const NAMES_THE_FORBIDDEN = /^(build\/checks\/tidy\.mjs|test\/unit\/checks\/)/;

/** Breaches of one source file. @param {Source} source @returns {string[]} */
export function checkSource({ path, text }) {
  const breaches = [];
  if (CODE.test(path)) {
    const head = text.startsWith('#!') ? text.slice(text.indexOf('\n') + 1) : text;
    if (!/^\/\*\*(?: |\n \* )\S[^]*?\*\//.test(head))
      breaches.push('opens without a sentence that says what the file is for (/** … */)');
    const lines = text.split('\n').length - 1;
    if (lines > MAX_LINES) breaches.push(`has ${lines} lines; ${MAX_LINES} are the most`);
    const name = basename(path);
    if (!CODE_NAME.test(name)) breaches.push('is not named in kebab-case');
    const parts = path.split('/').map((part) => part.replace(/\..*$/, ''));
    const vague = parts.find((part) => NO_NAMES.test(part));
    if (vague !== undefined) breaches.push(`is named "${vague}", which says nothing`);
  }
  if (!NAMES_THE_FORBIDDEN.test(path)) {
    text.split('\n').forEach((line, place) => {
      for (const { found, why } of NO_WORDS) if (found.test(line)) breaches.push(`line ${place + 1} holds ${why}`);
    });
  }
  return breaches.map((breach) => `${path} ${breach}`);
}

/** Codes of the catalog that nothing raises. @param {string} catalog @param {readonly Source[]} sources */
export function unusedCodes(catalog, sources) {
  const codes = [...catalog.matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map((match) => match[1] ?? '');
  const shipped = sources.filter(
    ({ path }) => /^(shared|electron|renderer)\//.test(path) && !/errors\/(kis-)?catalog\.ts$/.test(path),
  );
  const all = shipped.map(({ text }) => text).join('\n');
  return codes
    .filter((code) => !new RegExp(`\\b${code}\\b`).test(all))
    .map((code) => `shared/errors: ${code} is never raised`);
}

/** Links of a page that lead nowhere. @param {Source} page @param {(path: string) => boolean} exists */
export function brokenLinks({ path, text }, exists) {
  const prose = text.replace(/```[^]*?```/g, '').replace(/`[^`\n]*`/g, '');
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  return targets
    .filter((target) => !/^(https?:|mailto:|#)/.test(target))
    .map((target) => target.replace(/#.*$/, ''))
    .filter((target) => !exists(join(dirname(path), target)))
    .map((target) => `${path} links to ${target}, which is not there`);
}

/** Addresses in the lockfile: it names versions and hashes, not where they come from. @param {string} lockfile */
export function lockfileAddresses(lockfile) {
  const count = [...lockfile.matchAll(/"resolved":/g)].length;
  return count === 0
    ? []
    : [`package-lock.json holds ${count} addresses; install with omit-lockfile-registry-resolved`];
}

/** @param {string} root @param {string} folder @returns {string[]} */
function filesUnder(root, folder) {
  const facts = statSync(join(root, folder), { throwIfNoEntry: false });
  if (!facts) return [];
  if (facts.isFile()) return [folder];
  return readdirSync(join(root, folder)).flatMap((name) => filesUnder(root, join(folder, name)));
}

/** Every breach in the project. @param {string} root */
export function tidy(root) {
  const rootFiles = readdirSync(root).filter((name) => /\.(md|ts|json)$/.test(name) && name !== 'package-lock.json');
  const paths = [...FOLDERS.flatMap((folder) => filesUnder(root, folder)), ...rootFiles].filter((path) =>
    /\.(ts|tsx|mjs|md|json|css|html|yml|sh)$|^\.ci\//.test(path),
  );
  const sources = paths.map((path) => ({ path: relative('.', path), text: readFileSync(join(root, path), 'utf8') }));
  const catalog = sources
    .filter(({ path }) => /^shared\/errors\/(kis-)?catalog\.ts$/.test(path))
    .map(({ text }) => text)
    .join('\n');
  return [
    ...sources.flatMap((source) => checkSource(source)),
    ...unusedCodes(catalog, sources),
    ...sources
      .filter(({ path }) => path.endsWith('.md'))
      .flatMap((page) =>
        brokenLinks(page, (path) => statSync(join(root, path), { throwIfNoEntry: false }) !== undefined),
      ),
    ...lockfileAddresses(readFileSync(join(root, 'package-lock.json'), 'utf8')),
    ...(catalog === '' ? ['shared/errors/catalog.ts is missing'] : []),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const breaches = tidy(fileURLToPath(new URL('../../', import.meta.url)));
  for (const breach of breaches) process.stdout.write(`${breach}\n`);
  process.exitCode = breaches.length === 0 ? 0 : 1;
}
