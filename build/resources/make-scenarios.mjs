/** Puts the shipped scenarios (resources/scenarios/*.yaml) into one file that core and screen can read: `node build/resources/make-scenarios.mjs`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const FOLDER = new URL('../../resources/scenarios/', import.meta.url);

/** The text of the file for what lies in the folder now. */
export function libraryText() {
  const names = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  const scenarios = names.map((name) => ({
    id: `lib:${name.replace(/\.yaml$/, '')}`,
    text: readFileSync(new URL(name, FOLDER), 'utf8'),
  }));
  return `${JSON.stringify({ scenarios }, null, 2)}\n`;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  writeFileSync(new URL('library.json', FOLDER), libraryText());
}
