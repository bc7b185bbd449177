/** How much of the screen comes over the wire before anything is used. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const RENDERER = join(import.meta.dirname, '..', '..', 'out', 'renderer');

/** Brotli size of what the page loads before anything is used, MiB. */
export function startSize(): number {
  const page = readFileSync(join(RENDERER, 'index.html'), 'utf8');
  const assets = readdirSync(join(RENDERER, 'assets'));
  const wanted = new Set(assets.filter((name) => page.includes(name)));
  // What those import at once, they load at once.
  for (const name of wanted) {
    if (!name.endsWith('.js')) continue;
    const code = readFileSync(join(RENDERER, 'assets', name), 'utf8');
    for (const [, imported] of code.matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g))
      if (imported !== undefined && existsSync(join(RENDERER, 'assets', imported))) wanted.add(imported);
  }
  const bytes = [...wanted].reduce(
    (sum, name) => sum + brotliCompressSync(readFileSync(join(RENDERER, 'assets', name))).length,
    0,
  );
  return bytes / 1_048_576;
}
