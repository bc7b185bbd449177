/** The fields of a blow: what day to be like, then market, size, start and length, each of which may be changed. */
import type { JSX } from 'react';
import { STRESS_DAYS } from '#shared/market/index.ts';
import { useText } from '../../../text/index.ts';
import { Segment, Select, TextField } from '../../../ui/controls.tsx';
import { percent } from '../../../ui/format.ts';
import { BLOW_MARKETS, type BlowDraft, likeDay, NO_BLOW, readBlow } from './blow.ts';

/** What an own blow starts from. */
const FIRST_OWN: BlowDraft = { choice: 'own', market: 'all', pctText: '-8.5', atText: '', minutesText: '60' };

export function BlowFields(props: {
  readonly draft: BlowDraft;
  readonly onDraft: (draft: BlowDraft) => void;
}): JSX.Element {
  const t = useText();
  const { draft, onDraft } = props;
  const { bad } = readBlow(draft);
  const like = STRESS_DAYS.find((day) => day.date === draft.choice);
  const choose = (choice: string): void => {
    const day = STRESS_DAYS.find((each) => each.date === choice);
    if (day) onDraft(likeDay(day));
    else onDraft(choice === 'none' ? NO_BLOW : draft.choice === 'none' ? FIRST_OWN : { ...draft, choice: 'own' });
  };
  const change = (fields: Partial<BlowDraft>): void => onDraft({ ...draft, ...fields, choice: 'own' });
  return (
    <>
      <div className="row">
        <span className="l">{t('blow.day')}</span>
        <Select
          label={t('blow.day')}
          value={draft.choice}
          choices={[
            { value: 'none', label: t('blow.none') },
            ...STRESS_DAYS.map((day) => ({
              value: day.date,
              label: t('blow.like', { date: day.date, percent: percent(day.kospiPct) }),
            })),
            { value: 'own', label: t('blow.own') },
          ]}
          onChange={choose}
          testId="blow-choice"
        />
      </div>
      {draft.choice !== 'none' && (
        <>
          <div className="row">
            <span className="l">{t('blow.market')}</span>
            <Segment
              label={t('blow.market')}
              choices={BLOW_MARKETS.map((value) => ({
                value,
                label: value === 'all' ? t('blow.all') : t(`market.${value}`),
              }))}
              value={draft.market}
              onChange={(market) => change({ market })}
              testId="blow-market"
            />
          </div>
          <div className="row three">
            <span className="l">{t('blow.size')}</span>
            <TextField
              label={t('blow.size')}
              text={draft.pctText}
              unit="%"
              invalid={bad.has('pct')}
              maxLength={7}
              onText={(pctText) => change({ pctText })}
              testId="blow-pct"
            />
            <span className="l">{t('blow.at')}</span>
            <TextField
              label={t('blow.at')}
              text={draft.atText}
              placeholder={t('blow.atOpen')}
              invalid={bad.has('at')}
              maxLength={5}
              onText={(atText) => change({ atText })}
              testId="blow-at"
            />
            <span className="l">{t('blow.minutes')}</span>
            <TextField
              label={t('blow.minutes')}
              text={draft.minutesText}
              unit={t('blow.minutesUnit')}
              invalid={bad.has('minutes')}
              maxLength={3}
              onText={(minutesText) => change({ minutesText })}
              testId="blow-minutes"
            />
          </div>
          {bad.size > 0 ? (
            <p className="err" role="alert">
              {t('blow.bad')}
            </p>
          ) : (
            <p className="note">
              {like ? `${t('blow.likeNote')} ${like.breakersKo ?? ''} (${like.source})` : t('blow.note')}
            </p>
          )}
        </>
      )}
    </>
  );
}
