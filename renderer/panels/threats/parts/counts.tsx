/** False alarms by detector: how often each spoke, how long it held, and how often the user called it false. */
import { type JSX, useState } from 'react';
import type { DetectorCount, ThreatStatistics } from '#shared/domain/index.ts';
import { Segment } from '../../../ui/controls.tsx';
import { number, share, UNKNOWN } from '../../../ui/format.ts';
import { Empty, Skeleton } from '../../../ui/panel.tsx';
import { spanText } from '../../../ui/span-text.ts';
import { Failed } from '../../../ui/states.tsx';
import { figure } from './evidence.tsx';
import { useAsked } from './use-asked.ts';
import { useWords } from './words.ts';

const SPANS = [7, 30, 90] as const;

/** Alarms a day over the days on which the guard looked; null where it never did. */
export function alarmsADay(
  { alarms }: Pick<DetectorCount, 'alarms'>,
  { days }: Pick<ThreatStatistics, 'days'>,
): number | null {
  return days === 0 ? null : alarms / days;
}

export function Counts(): JSX.Element {
  const words = useWords();
  const { t } = words;
  const [days, setDays] = useState<(typeof SPANS)[number]>(30);
  const { value, error, again } = useAsked(
    (client, signal) => client.threats.statistics({ days }, { signal }),
    String(days),
  );
  if (value === null) return error ? <Failed error={error} onRetry={again} /> : <Skeleton />;
  return (
    <section className="thr-past" aria-label={t('threats.record.counts')}>
      <div className="thr-line">
        <Segment
          label={t('threats.span')}
          choices={SPANS.map((each) => ({ value: each, label: t('threats.lastDays', { days: each }) }))}
          value={days}
          onChange={setDays}
          testId="counts-days"
        />
        <span className="l" data-testid="counts-days-seen">
          {t('threats.daysSeen', { days: number(value.days) })}
        </span>
      </div>
      {value.detectors.length === 0 ? (
        <Empty icon="list" title={t('threats.countsNone')} body={t('threats.countsNoneBody')} testId="counts-empty" />
      ) : (
        <table data-testid="threat-counts">
          <thead>
            <tr>
              {(['detector', 'threats', 'alarms', 'aDay', 'right', 'false', 'falseShare', 'held'] as const).map(
                (name) => (
                  <th key={name} scope="col" className={name === 'detector' ? '' : 'r'}>
                    {t(`threats.count.${name}`)}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {value.detectors.map((count) => {
              const aDay = alarmsADay(count, value);
              return (
                <tr key={count.detector} data-testid={`count-${count.detector}`}>
                  <td>
                    <b>{count.detector}</b> {words.detector(count.detector)}
                  </td>
                  <td className="num r">{number(count.threats)}</td>
                  <td className="num r">{number(count.alarms)}</td>
                  <td className="num r">{aDay === null ? UNKNOWN : figure(aDay)}</td>
                  <td className="num r">{number(count.right)}</td>
                  <td className="num r">{number(count.false)}</td>
                  <td className="num r">{share(count.false, count.right + count.false)}</td>
                  <td className="num r">{spanText(t, count.heldMs)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <p className="l">{t('threats.countsHow')}</p>
    </section>
  );
}
