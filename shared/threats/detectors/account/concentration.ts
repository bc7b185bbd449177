/** A03 Concentration: one name, one sector or a few names carry too much of the account. */
import type { AccountEvent } from '../../events.ts';
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal, IssueNames, percent, withParticle } from '../words.ts';
import { figureReader } from '../market/figures.ts';
import { Subjects, subjectOf } from '../recent.ts';
import { ACCOUNTS_KEPT, isPriced, Standing } from './standing.ts';

const PARAMS: readonly DetectorParam[] = [
  { id: 'namePct', labelKo: '한 종목', labelEn: 'One name', unit: '%', initial: 25, min: 5, max: 100, step: 1 },
  { id: 'sectorPct', labelKo: '한 업종', labelEn: 'One sector', unit: '%', initial: 40, min: 10, max: 100, step: 1 },
  {
    id: 'hhi',
    labelKo: '집중 지수(비중 제곱의 합)',
    labelEn: 'Herfindahl index (sum of squared shares)',
    unit: '',
    initial: 0.25,
    min: 0.05,
    max: 1,
    step: 0.01,
  },
];
/** Below this part of its line a measure is quiet again. */
const BACK = 0.95;
/** What stands so soon after the first look at an account was there before. */
const STANDING_MS = 60_000;
/** A purchase so long ago is not what made it so. */
const BOUGHT_MS = 60_000;

interface Measures {
  /** Share of equity of the largest name and sector, and the sum of squared shares. */
  readonly name: number;
  readonly nameId: string;
  readonly sector: number;
  readonly sectorName: string;
  readonly hhi: number;
}

function measure({ equityKrw, positions }: AccountEvent): Measures {
  const names = new Map<string, number>();
  const sectors = new Map<string, number>();
  for (const { id, valueKrw, sector } of positions) {
    if (!Number.isFinite(valueKrw)) continue;
    const share = Math.abs(valueKrw) / equityKrw;
    names.set(id, (names.get(id) ?? 0) + share);
    if (sector !== null && sector !== '') sectors.set(sector, (sectors.get(sector) ?? 0) + share);
  }
  const largest = (shares: ReadonlyMap<string, number>): [string, number] =>
    [...shares].reduce<[string, number]>((most, each) => (each[1] > most[1] ? each : most), ['', 0]);
  const [nameId, name] = largest(names);
  const [sectorName, sector] = largest(sectors);
  const hhi = [...names.values()].reduce((sum, share) => sum + share * share, 0);
  return { name, nameId, sector, sectorName, hhi };
}

class Own extends Standing {
  firstTs = 0;
  /** Which measures (bits: 1 name, 2 sector, 4 index) are over their line. */
  over = 0;
  /** Quantity of each issue at the last look, and when it last grew. */
  held = new Map<string, { readonly quantity: number; readonly grownTs: number }>();

  /** Learns quantities; true where the largest name, or an issue of the largest sector, was bought a moment ago. */
  bought({ ts, positions }: AccountEvent, { nameId, sectorName }: Measures): boolean {
    const held: typeof this.held = new Map();
    let bought = false;
    for (const { id, sector, quantity: signed } of positions) {
      const quantity = Math.abs(signed);
      const before = this.held.get(id);
      const grownTs = quantity > (before?.quantity ?? 0) ? ts : (before?.grownTs ?? -Infinity);
      held.set(id, { quantity, grownTs });
      const counts = id === nameId || (sectorName !== '' && sector === sectorName);
      if (counts && ts - grownTs <= BOUGHT_MS) bought = true;
    }
    this.held = held;
    return bought;
  }
}

export const CONCENTRATION: Detector = {
  id: 'A03',
  nameKo: '종목·업종 집중',
  nameEn: 'Concentration',
  family: 'portfolio',
  severity: 'M',
  plays: ['P2'],
  inputs: ['account'],
  formulaKo:
    '순자산에서 한 종목이 25 %, 한 업종이 40 %, 또는 비중 제곱의 합이 0.25를 넘으면, 더 사서 그렇게 됐으면 주의, 처음부터 그랬거나 시세로 그렇게 됐으면 알림이고, 모두 선의 95 % 아래로 돌아오면 해제합니다.',
  formulaEn:
    'One name above 25 %, one sector above 40 % of equity, or the sum of squared shares above 0.25: medium where one bought more of it, a note where it was so from the first look or prices made it so; it clears once all are below 95 % of their lines.',
  warmUpKo: '순자산과 모든 보유 종목의 값을 알 때부터 봅니다.',
  warmUpEn: 'Equity and the price of every holding are known.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const lines = [figure('namePct') / 100, figure('sectorPct') / 100, figure('hhi')] as const;
    const names = new IssueNames();
    const accounts = new Subjects<Own>(ACCOUNTS_KEPT, () => new Own());

    const say = (accountId: string, account: Own, found: Measures, added: number, severity: 'M' | 'L'): void => {
      const { name, nameId, sector, sectorName, hhi } = found;
      const label = sectorName.slice(0, 30);
      const ko: string[] = [];
      const en: string[] = [];
      if ((added & 1) !== 0) {
        ko.push(`${withParticle(names.of(nameId), '이/가')} 순자산의 ${percent(name)}`);
        en.push(`${names.of(nameId)} is ${percent(name)} of equity`);
      }
      if ((added & 2) !== 0) {
        ko.push(`${label} 업종이 순자산의 ${percent(sector)}`);
        en.push(`the sector ${label} is ${percent(sector)} of equity`);
      }
      if ((added & 4) !== 0) {
        ko.push(`집중 지수가 ${decimal(hhi, 2)}`);
        en.push(`the Herfindahl index is ${decimal(hhi, 2)}`);
      }
      const which = (added & 1) !== 0 ? 0 : (added & 2) !== 0 ? 1 : 2;
      const line = lines[which];
      const limits = which === 2 ? decimal(line, 2) : percent(line, 0);
      mouth.fire({
        subject: subjectOf(accountId),
        severity,
        values: { namePct: name * 100, sectorPct: sector * 100, hhi, line: which === 2 ? line : line * 100 },
        sentenceKo: `${ko.join(', ')}입니다(선 ${limits}).`,
        sentenceEn: `${en.join('; ')} (line ${limits}).`.replace(/^the/, 'The'),
        picture: account.trail.picture(name * 100, lines[0] * 100),
      });
    };

    return {
      issue: (event) => names.learn(event),
      account: (event) => {
        const { accountId, ts } = event;
        if (!isPriced(event)) return;
        const account = accounts.of(accountId);
        if (account.firstTs === 0) account.firstTs = ts;
        const found = measure(event);
        const standing = ts - account.firstTs <= STANDING_MS;
        const bought = account.bought(event, found);
        account.trail.add(ts, found.name * 100);
        const shares = [found.name, found.sector, found.hhi];
        let over = 0;
        for (let i = 0; i < lines.length; i += 1) {
          const [share, line] = [shares[i] as number, lines[i] as number];
          const was = (account.over & (1 << i)) !== 0;
          if (share > line || (was && share > BACK * line)) over |= 1 << i;
        }
        const added = over & ~account.over;
        account.over = over;
        if (over === 0) {
          if (account.stage > 0) mouth.clear(subjectOf(accountId));
          account.stage = 0;
        } else if (added !== 0) {
          // What one holds already, or what prices make of it, is for the record; what one buys on top is worth a word.
          account.stage = 1;
          say(accountId, account, found, added, !standing && bought ? 'M' : 'L');
        }
      },
    };
  },
};
