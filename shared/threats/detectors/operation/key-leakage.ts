/** O10 Key leakage: a key, a token or an account number stands in a text outside the vault, or a file was changed behind the program's back. */
import type { IntegrityEvent, TextEvent } from '../../events.ts';
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal } from '../words.ts';
import { figureReader } from '../market/figures.ts';
import { findSecrets, SECRET_KINDS, type FoundSecret, type SecretKind } from './secret-shapes.ts';

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'least',
    labelKo: '알릴 것(1 계좌번호도, 2 키와 토큰만)',
    labelEn: 'What counts (1 account numbers too, 2 keys and tokens only)',
    unit: '',
    initial: 1,
    min: 1,
    max: 2,
    step: 1,
  },
  {
    id: 'holdMinutes',
    labelKo: '해제까지',
    labelEn: 'Holds for',
    unit: '분',
    initial: 30,
    min: 1,
    max: 1_440,
    step: 1,
  },
];
const MINUTE_MS = 60_000;

type Where = TextEvent['where'];

const WHERE_KO: Readonly<Record<Where, string>> = {
  log: '로그',
  export: '내보낸 파일',
  clipboard: '클립보드',
  file: '파일',
  crash: '오류 기록',
};
const WHERE_EN: Readonly<Record<Where, string>> = {
  log: 'the log',
  export: 'an export',
  clipboard: 'the clipboard',
  file: 'a file',
  crash: 'a crash record',
};
const KINDS: Readonly<Record<SecretKind, { readonly ko: string; readonly en: string }>> = {
  appKey: { ko: '앱키', en: 'app key' },
  appSecret: { ko: '앱시크릿', en: 'app secret' },
  token: { ko: '접근토큰', en: 'access token' },
  named: { ko: '이름이 붙은 비밀 값', en: 'named secret' },
  account: { ko: '계좌번호', en: 'account number' },
};

const FILES: Readonly<Record<IntegrityEvent['what'], { readonly ko: string; readonly en: string }>> = {
  journal: { ko: '기록 파일', en: 'record' },
  settings: { ko: '서명·설정 파일', en: 'file of what is signed and set' },
  scenario: { ko: '시나리오 파일', en: 'scenario file' },
};
/** Files that are told of at most. */
const FILES_KEPT = 1_000;

class Place {
  lastTs = 0;
  /** 1: account numbers, 2: keys. */
  stage = 0;
}

export const KEY_LEAKAGE: Detector = {
  id: 'O10',
  nameKo: '키 노출',
  nameEn: 'Key leakage',
  family: 'security',
  severity: 'C',
  plays: ['P10'],
  inputs: ['text'],
  formulaKo:
    '로그·내보내기·클립보드·파일·오류 기록의 글에 앱키(36자), 앱시크릿(180자), 접근토큰, 이름이 붙은 비밀 값의 모양이 있으면 심각, 계좌번호(8-2자리)의 모양이 있으면 위험이고, 30분 동안 더 나오지 않으면 해제합니다. 프로그램만 쓰는 파일이 밖에서 바뀌었으면 심각(시나리오는 위험)이고, 쓴 대로 돌아오면 해제합니다.',
  formulaEn:
    'A text of the log, an export, the clipboard, a file or a crash record holds the shape of an app key (36 characters), an app secret (180), an access token or a named secret: critical; of an account number (8-2 digits): high; it clears after 30 minutes without another. A file that the program alone writes was changed from outside: critical (a scenario: high); it clears once it is again what was written.',
  warmUpKo: '없음.',
  warmUpEn: 'None.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const keysOnly = figure('least') >= 2;
    const holdMs = figure('holdMinutes') * MINUTE_MS;
    const places = new Map<Where, Place>();
    const altered = new Set<string>();

    const say = (where: Where, found: readonly FoundSecret[], stage: number): void => {
      const counts = SECRET_KINDS.map((kind) => ({ kind, count: found.filter((each) => each.kind === kind).length }));
      const there = counts.filter(({ count }) => count > 0);
      const first = found[0]?.place ?? 0;
      mouth.fire({
        subject: where,
        severity: stage === 2 ? 'C' : 'H',
        values: {
          found: found.length,
          place: first,
          ...Object.fromEntries(there.map((each) => [each.kind, each.count])),
        },
        sentenceKo: `${WHERE_KO[where]}의 글 ${decimal(first + 1)}번째 글자부터 ${there.map(({ kind, count }) => `${KINDS[kind].ko} 모양 ${count}개`).join(', ')}가 있습니다. 값은 보여 주지도 남기지도 않습니다.`,
        sentenceEn: `A text of ${WHERE_EN[where]} holds, from character ${decimal(first + 1)} on, the shape of ${there.map(({ kind, count }) => `${count} ${KINDS[kind].en}(s)`).join(', ')}; the value itself is neither shown nor kept.`,
        picture: { points: [found.length], line: 1 },
      });
    };

    return {
      text: ({ ts, where, text }) => {
        const all = findSecrets(text);
        const found = keysOnly ? all.filter(({ kind }) => kind !== 'account') : all;
        if (found.length === 0) return;
        const place = places.get(where) ?? new Place();
        places.set(where, place);
        place.lastTs = ts;
        const stage = found.some(({ kind }) => kind !== 'account') ? 2 : 1;
        // A log that repeats itself is said once; what is worse is said again.
        if (stage <= place.stage) return;
        place.stage = stage;
        say(where, found, stage);
      },
      integrity: ({ what, name, whole }) => {
        const subject = `file ${name}`;
        if (whole) {
          if (altered.delete(subject)) mouth.clear(subject);
          return;
        }
        if (altered.has(subject) || altered.size >= FILES_KEPT) return;
        altered.add(subject);
        mouth.fire({
          subject,
          severity: what === 'scenario' ? 'H' : 'C',
          values: { altered: altered.size },
          sentenceKo: `${FILES[what].ko}(${name})의 내용이 마루가 쓴 것과 다릅니다. 다른 프로그램이 고쳤거나 디스크가 상했습니다.`,
          sentenceEn: `The ${FILES[what].en} (${name}) is not what Maru wrote: another program changed it, or the disk is damaged.`,
          picture: { points: [altered.size], line: 1 },
        });
      },
      clock: ({ ts }) => {
        for (const [where, place] of places) {
          if (place.stage === 0 || ts - place.lastTs < holdMs) continue;
          place.stage = 0;
          mouth.clear(where);
        }
      },
    };
  },
};
