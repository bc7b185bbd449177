/** Finding an issue among 30,000 names: time of a keystroke with the index, and of a search that takes every name apart anew. */
import type { Instrument } from '#shared/domain/index.ts';
import { InstrumentIndex } from '../../renderer/client/instrument-search.ts';
import { initialsOf } from '../../renderer/ui/hangul.ts';
import { namedIssues } from '../support/issue-names.ts';

const ISSUES = 30_000;
const LIMIT_MS = 20;
const ROUNDS = 20;
/** Names typed key by key, as an input method shows them, and in the wrong layout. */
const TYPED = [
  ['ㅅ', 'ㅅㅅ', 'ㅅㅅㅈ', 'ㅅㅅㅈㅈ'],
  ['ㅅ', '사', '삼', '삼ㅅ', '삼서', '삼성', '삼섲', '삼성저', '삼성전', '삼성전ㅈ', '삼성전자'],
  ['t', 'tk', 'tka', 'tkat', 'tkatj', 'tkatjd'],
  ['0', '00', '005', '0059', '00593', '005930'],
  ['없', '없느', '없는', '없는이', '없는이름'],
].flat();

/** As many issues as asked for: real names, then the same names with a number, as funds are called. */
function market(): readonly Instrument[] {
  const real = namedIssues();
  return Array.from({ length: ISSUES }, (_, at): Instrument => {
    const base = real[at % real.length];
    if (!base) throw new Error('no names');
    const code = String(100_000 + at);
    return at < real.length
      ? base
      : {
          ...base,
          id: `KRX:${code}`,
          code,
          nameKo: `${base.nameKo}${Math.floor(at / real.length)}호`,
          nameEn: `Issue ${at}`,
        };
  });
}

/** The peer: no index, names taken apart at every key; it knows neither half-typed syllables nor layouts. */
function plainSearch(list: readonly Instrument[], query: string): readonly Instrument[] {
  const wanted = initialsOf(query);
  return list
    .map((instrument) => ({ instrument, initials: initialsOf(instrument.nameKo) }))
    .filter(
      ({ instrument, initials }) =>
        initials.includes(wanted) ||
        instrument.code.includes(wanted) ||
        (instrument.nameEn ?? '').toLowerCase().includes(wanted),
    )
    .sort((a, b) => a.initials.indexOf(wanted) - b.initials.indexOf(wanted) || a.initials.length - b.initials.length)
    .slice(0, 8)
    .map(({ instrument }) => instrument);
}

/** Milliseconds of each keystroke, ascending. */
function timed(search: (query: string) => unknown): readonly number[] {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const query of TYPED) {
      const began = performance.now();
      search(query);
      times.push(performance.now() - began);
    }
  }
  return times.sort((a, b) => a - b);
}

function at(times: readonly number[], part: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN;
}

export const bench = {
  name: 'search',
  run(): Promise<{ measured: string; rows: unknown[] }> {
    const list = market();
    const began = performance.now();
    const index = new InstrumentIndex(list);
    const builtMs = performance.now() - began;
    const indexed = timed((query) => index.find(query, 8));
    const peer = timed((query) => plainSearch(list, query));
    const row = (metric: string, value: number, limit: number | null): unknown => ({
      metric,
      value,
      unit: 'ms',
      target: limit === null ? '견줄 값' : `≤ ${limit}`,
      pass: limit === null || value <= limit,
    });
    return Promise.resolve({
      measured: `종목 ${ISSUES.toLocaleString('en-US')}개, 키 ${TYPED.length}번 × ${ROUNDS}회`,
      rows: [
        row('색인 만들기, 한 번', builtMs, 500),
        row('키 한 번, 중앙값', at(indexed, 0.5), LIMIT_MS),
        row('키 한 번, 99 %', at(indexed, 0.99), LIMIT_MS),
        row('키 한 번, 가장 느린 것', at(indexed, 1), null),
        row('색인 없이 매번 나누기, 중앙값', at(peer, 0.5), null),
        row('색인 없이 매번 나누기, 99 %', at(peer, 0.99), null),
      ],
    });
  },
};
