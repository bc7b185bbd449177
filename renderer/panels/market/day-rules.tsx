/** Says by which rules a replayed day is played, what it is made of, and what it does without. */
import type { JSX } from 'react';
import type { SimulationStatus } from '#shared/domain/index.ts';
import { useView } from '../../store/view.ts';
import { useText } from '../../text/index.ts';
import { MenuButton } from '../../ui/controls.tsx';
import { dateLong, number } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';

const SOURCES = ['ticks', 'minutes', 'daily'] as const;

export function DayRules({ status }: { readonly status: SimulationStatus }): JSX.Element | null {
  const t = useText();
  const language = useView((state) => state.language);
  const { plan, rulesNote, sources } = status;
  if (plan.mode !== 'replay') return null;
  const made = SOURCES.filter((source) => sources !== null && sources[source] > 0);
  return (
    <MenuButton
      className="btn ghost"
      kind="form"
      label={t('rules.day')}
      testId="day-rules"
      face={
        <>
          <Icon name="info" size="sm" />
          {t('rules.day')}
          {rulesNote.length > 0 && <span className="chip mid num">{rulesNote.length}</span>}
        </>
      }
    >
      {() => (
        <div className="dayrules" data-testid="day-rules-list">
          <b>{t('rules.dayTitle', { date: dateLong(plan.date, language) })}</b>
          <p>{t('rules.dayPlain')}</p>
          {made.length > 0 && sources !== null && (
            <p className="l num">
              {made.map((source) => t(`sources.${source}`, { count: number(sources[source]) })).join(' · ')}
            </p>
          )}
          {rulesNote.length > 0 && (
            <ul>
              {rulesNote.map((note) => (
                <li key={note}>
                  <Icon name="warn" size="sm" />
                  {t(`rules.note.${note}`)}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </MenuButton>
  );
}
