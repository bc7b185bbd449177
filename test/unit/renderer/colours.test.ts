/** Colours come from theme tokens alone. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const RENDERER = join(import.meta.dirname, '../../../renderer');
const COLOUR = /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?)\(\s*\d/i;

function files(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

describe('colours', () => {
  it('are named in theme/tokens.css and nowhere else', () => {
    const offenders = files(RENDERER)
      .filter((path) => /\.(css|tsx?)$/.test(path) && !path.endsWith('tokens.css'))
      .flatMap((path) =>
        readFileSync(path, 'utf8')
          .split('\n')
          .filter((line) => COLOUR.test(line.replace(/rgb\(0 0 0 \//g, '')))
          .map((line) => `${path.slice(RENDERER.length)}: ${line.trim()}`),
      );
    expect(offenders).toEqual([]);
  });

  it('have a value for every role in every theme', () => {
    const css = readFileSync(join(RENDERER, 'theme/tokens.css'), 'utf8');
    const block = (name: string): readonly string[] => {
      const body = new RegExp(`\\[data-theme=["']${name}["']\\][^{]*\\{([^}]*)\\}`).exec(css)?.[1] ?? '';
      return [...body.matchAll(/(--[\w-]+)\s*:/g)].map((match) => match[1] ?? '').sort();
    };
    expect(block('dark').length).toBeGreaterThan(60);
    expect(block('light')).toEqual(block('dark'));
    expect(block('hc')).toEqual(block('dark'));
  });
});
