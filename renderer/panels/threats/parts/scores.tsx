/** The scores: of all and of each family, how they went today, and what each threat adds to them. */
import { type JSX, useMemo } from 'react';
import { RISK_FAMILIES, type RiskScores } from '#shared/domain/index.ts';
import { FAMILY_WEIGHTS } from '#shared/threats/index.ts';
import { epochMs, kstDate } from '#shared/time/index.ts';
import { useThreats } from '../../../store/threats.ts';
import { UNKNOWN } from '../../../ui/format.ts';
import { LEVEL_CHIP, LEVEL_INK, riskLevel } from '../../../ui/risk-level.ts';
import { type ScoreName, useThreatSlice } from '../slice.ts';
import { figure } from './evidence.tsx';
import { useAsked } from './use-asked.ts';
import { useWords } from './words.ts';

const NAMES: readonly ScoreName[] = ['total', ...RISK_FAMILIES];
const MINUTES_MS = 30_000;
const [WIDTH, HEIGHT] = [120, 24];

const scoreOf = (scores: RiskScores, name: ScoreName): number =>
  name === 'total' ? scores.total : scores.families[name];

/** The day of a score as a path, over the time from its first minute to its last; null with fewer than two minutes. */
export function dayPath(minutes: readonly RiskScores[], name: ScoreName): string | null {
  const [first] = minutes;
  const last = minutes[minutes.length - 1];
  if (!first || !last || last.ts <= first.ts) return null;
  const span = last.ts - first.ts;
  return minutes
    .map((each, at) => {
      const x = Math.round(((each.ts - first.ts) / span) * WIDTH * 10) / 10;
      const y = Math.round((HEIGHT - 1 - (scoreOf(each, name) / 100) * (HEIGHT - 2)) * 10) / 10;
      return `${at === 0 ? 'M' : 'L'}${x} ${y}`;
    })
    .join('');
}

/** The minutes of the day of `now`, and now itself. */
export function dayOf(minutes: readonly RiskScores[], now: RiskScores): readonly RiskScores[] {
  const today = kstDate(epochMs(now.ts));
  return [...minutes.filter(({ ts }) => ts < now.ts && kstDate(epochMs(ts)) === today), now];
}

function Card(props: {
  readonly name: ScoreName;
  readonly scores: RiskScores | null;
  readonly day: string | null;
}): JSX.Element {
  const { t } = useWords();
  const opened = useThreatSlice((state) => state.score === props.name);
  const { name, scores, day } = props;
  const score = scores && scoreOf(scores, name);
  const level = score === null ? null : riskLevel(score);
  return (
    <button
      type="button"
      className={`thr-score ${opened ? 'on' : ''}`}
      aria-expanded={opened}
      aria-controls="threat-parts"
      data-testid={`score-${name}`}
      onClick={() => useThreatSlice.setState({ score: opened ? null : name })}
    >
      <span className="t">
        <span>{t(`threats.family.${name}`)}</span>
        {level && <span className={LEVEL_CHIP[level]}>{t(`threats.level.${level}`)}</span>}
      </span>
      <span className="v">
        <b className={`num ${level ? LEVEL_INK[level] : ''}`}>{score === null ? UNKNOWN : figure(Math.round(score))}</b>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {day !== null && <path className={level ?? 'low'} d={day} />}
        </svg>
      </span>
      <span className="meter">
        <i className={level ?? ''} style={{ width: `${score ?? 0}%` }} />
      </span>
    </button>
  );
}

/** What makes up the score that is open: threat by threat; the total by its families too. */
function Parts({ name }: { readonly name: ScoreName }): JSX.Element {
  const words = useWords();
  const { t } = words;
  const scores = useThreats((state) => state.scores);
  const threats = useThreats((state) => state.threats);
  const parts = (scores?.parts ?? []).filter(({ family }) => name === 'total' || family === name);
  return (
    <section
      className="thr-parts"
      id="threat-parts"
      aria-label={t('threats.partsOf', { name: t(`threats.family.${name}`) })}
    >
      {parts.length === 0 ? (
        <p className="l" data-testid="score-parts-none">
          {t('threats.partsNone')}
        </p>
      ) : (
        <ul data-testid="score-parts">
          {parts.map(({ threatId, family, points }) => {
            const threat = threats.get(threatId)?.threat;
            return (
              <li key={threatId}>
                <span className="el">
                  {threat ? (
                    <>
                      <b>{words.detector(threat.detector)}</b> {words.subject(threat.subject)}
                    </>
                  ) : (
                    threatId
                  )}
                </span>
                <span className="l">{t(`threats.family.${family}`)}</span>
                <span className="meter">
                  <i style={{ width: `${points}%` }} />
                </span>
                <span className="num r">{t('threats.points', { points: figure(points) })}</span>
              </li>
            );
          })}
        </ul>
      )}
      <p className="l">
        {name === 'total'
          ? t('threats.totalHow', {
              parts: RISK_FAMILIES.map((family) => `${t(`threats.family.${family}`)} ×${FAMILY_WEIGHTS[family]}`).join(
                ', ',
              ),
            })
          : t('threats.familyHow')}
      </p>
    </section>
  );
}

export function Scores(): JSX.Element {
  const { t } = useWords();
  const scores = useThreats((state) => state.scores);
  const open = useThreatSlice((state) => state.score);
  const { value: minutes } = useAsked((client, signal) => client.threats.minutes({}, { signal }), '', MINUTES_MS);
  const day = useMemo(() => (scores ? dayOf(minutes ?? [], scores) : []), [minutes, scores]);
  return (
    <>
      <div className="thr-scores" role="group" aria-label={t('threats.scores')}>
        {NAMES.map((name) => (
          <Card key={name} name={name} scores={scores} day={dayPath(day, name)} />
        ))}
      </div>
      {open && <Parts name={open} />}
    </>
  );
}
