/** The evidence of a threat: the small picture, and its figures by name with their units. */
import type { JSX } from 'react';
import type { ThreatPicture, ThreatSignal } from '#shared/domain/index.ts';
import { groupDigits } from '#shared/errors/index.ts';
import { MINUS, number } from '../../../ui/format.ts';
import { useWords, type Words } from './words.ts';

const KNOWN = [
  ...(['movePct', 'changePct', 'fallPct', 'lossPct', 'linePct', 'thresholdPct', 'medianPct', 'hitPct'] as const),
  ...(['apartPct', 'turnoverPct', 'volatilityPct', 'namePct', 'sectorPct', 'partPct', 'powerPct', 'netPct'] as const),
  ...(['moveWithPct', 'percentile', 'lossKrw', 'equityKrw', 'dayStartKrw', 'peakKrw', 'cashD2Krw', 'varKrw'] as const),
  ...(['buyingPowerKrw', 'amountKrw', 'usualKrw', 'net5DaysKrw', 'todayKrw', 'seconds', 'lineSeconds'] as const),
  ...(['ageSeconds', 'usualSeconds', 'offsetMs', 'lineMs', 'minutes', 'minutesLeft', 'zoneHours', 'days'] as const),
  ...(['price', 'last', 'reference', 'before', 'krx', 'nxt', 'rate', 'from', 'count', 'line', 'orders'] as const),
  ...([
    'unknown',
    'unanswered',
    'records',
    'expected',
    'got',
    'stops',
    'breaches',
    'issues',
    'flags',
    'added',
  ] as const),
  ...(['spreadTicks', 'usualTicks', 'lineTicks', 'ticks', 'sd', 'times', 'ratio', 'hhi', 'waiting', 'depth'] as const),
  ...(['usual', 'shares', 'trades', 'size', 'median', 'meanLevel', 'quantity', 'orderQty', 'cumulativeQty'] as const),
  ...(['excess', 'deskQty', 'brokerQty', 'difference', 'polls', 'reasons', 'stale', 'looked', 'down'] as const),
  ...(['sameGesture', 'shortCorrelation', 'longCorrelation', 'found', 'appKey', 'appSecret', 'token'] as const),
  ...(['named', 'account'] as const),
] as const;
type Known = (typeof KNOWN)[number];

/** Codes that the sentence says in words. */
const CODES: ReadonlySet<string> = new Set(['on', 'side', 'stage', 'level', 'missing', 'place']);
const YES_NO: ReadonlySet<string> = new Set(['down', 'sameGesture']);
const PLACES = 100;

const isKnown = (name: string): name is Known => KNOWN.some((each) => each === name);

/** Two places at most; a minus as the screen writes it. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '—';
  const rounded = Math.round(Math.abs(value) * PLACES) / PLACES;
  const [whole = '0', rest = ''] = String(rounded).split('.');
  return `${value < 0 && rounded !== 0 ? MINUS : ''}${groupDigits(Number(whole))}${rest === '' ? '' : `.${rest}`}`;
}

function written({ t }: Words, name: string, value: number): string {
  if (YES_NO.has(name)) return t(value === 0 ? 'threats.no' : 'threats.yes');
  if (name.endsWith('Pct') || name === 'percentile') return `${figure(value)}%`;
  if (name.endsWith('Krw')) return t('unit.wonOf', { amount: number(Math.round(value)) });
  if (name === 'seconds' || name.endsWith('Seconds')) return t('unit.seconds', { seconds: figure(value) });
  if (name.endsWith('Ms')) return `${figure(value)} ms`;
  if (name.startsWith('minutes')) return t('threats.minutes', { minutes: figure(value) });
  return figure(value);
}

/** Every figure that led to it. */
export function Figures({ signal }: { readonly signal: ThreatSignal }): JSX.Element | null {
  const words = useWords();
  const shown = Object.entries(signal.values).filter(([name]) => !CODES.has(name));
  if (shown.length === 0) return null;
  return (
    <dl className="thr-figs" data-testid="threat-figures">
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt className="l">{isKnown(name) ? words.t(`threats.value.${name}`) : name}</dt>
          <dd className="num">{written(words, name, value)}</dd>
        </div>
      ))}
    </dl>
  );
}

const [WIDTH, HEIGHT] = [100, 30];

/** The points as a path within the box, and where the line lies; null where there is nothing to draw. */
export function pictureOf({
  points,
  line,
}: ThreatPicture): { readonly path: string; readonly lineY: number | null } | null {
  const known = points.filter((point) => Number.isFinite(point));
  if (known.length === 0) return null;
  const all = line === null || !Number.isFinite(line) ? known : [...known, line];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const span = high - low || 1;
  const y = (value: number): number => Math.round((HEIGHT - 2 - ((value - low) / span) * (HEIGHT - 4)) * 10) / 10;
  const step = known.length === 1 ? 0 : WIDTH / (known.length - 1);
  const path =
    known.length === 1
      ? `M0 ${y(known[0] ?? 0)}H${WIDTH}`
      : known.map((point, at) => `${at === 0 ? 'M' : 'L'}${Math.round(at * step * 10) / 10} ${y(point)}`).join('');
  return { path, lineY: line === null || !Number.isFinite(line) ? null : y(line) };
}

/** The last points of the measure, and the line that it crossed. The sentence beside it says the same in words. */
export function Picture({ picture }: { readonly picture: ThreatPicture }): JSX.Element {
  const drawn = pictureOf(picture);
  return (
    <svg className="thr-pic" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {drawn?.lineY !== null && drawn?.lineY !== undefined && <path className="ref" d={`M0 ${drawn.lineY}H${WIDTH}`} />}
      {drawn && <path className="line" d={drawn.path} />}
    </svg>
  );
}
