/** The word somebody meant, where another was written. */

const SHORTEST = 4;
const LONGEST = 40;

/** Letters that have to be put in, left out or changed to make one word of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The nearest of the words; null where none is near. */
export function nearest(word: string, words: readonly string[]): string | null {
  // Of two or three letters everything is near.
  if (word.length < SHORTEST || word.length > LONGEST) return null;
  const near = words
    .map((each) => ({ each, far: distance(word.toLowerCase(), each.toLowerCase()) }))
    .sort((a, b) => a.far - b.far)[0];
  return near && near.far <= Math.max(1, Math.round(word.length / 3)) ? near.each : null;
}
