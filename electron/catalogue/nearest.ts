/** The names that lie closest to a mistyped one. */

/** Names offered at most. */
const MOST = 3;

/** Letters to insert, delete or change until `from` reads `to`. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, place) => place);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

/** How far a name is from what was typed: 0 where it holds it. A name's part after the last dot counts as the name, too. */
function farness(typed: string, name: string): number {
  if (typed.length >= 3 && name.includes(typed)) return 0;
  const tail = name.slice(name.lastIndexOf('.') + 1);
  return Math.min(distance(typed, name), distance(typed, tail));
}

/** Up to three names close to what was typed, the closest first; none where nothing is close. */
export function nearest(typed: string, names: readonly string[]): readonly string[] {
  const plain = typed.trim().toLowerCase().slice(0, 80);
  const limit = Math.max(2, Math.floor(plain.length / 3));
  return names
    .map((name) => ({ name, far: farness(plain, name.toLowerCase()) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far || a.name.length - b.name.length)
    .slice(0, MOST)
    .map(({ name }) => name);
}
