/** How notifications reach the user: sounds by level, the operating system, fills, and when to leave them alone. */
import { type JSX, useState } from 'react';
import type { Alert } from '#shared/domain/index.ts';
import { useNotices } from '../../client/notices.ts';
import { useText } from '../../text/index.ts';
import { sound } from '../../ui/tones.ts';

const LEVELS: readonly Alert['level'][] = ['info', 'caution', 'high', 'critical'];

/** What the operating system says to our asking; a page cannot ask twice once it was refused. */
async function mayNotify(): Promise<boolean> {
  if (!('Notification' in window)) return false;
  return (await Notification.requestPermission()) === 'granted';
}

function Check(props: {
  readonly label: string;
  readonly checked: boolean;
  readonly testId: string;
  readonly onChange: (checked: boolean) => void;
}): JSX.Element {
  return (
    <label className="chk">
      <input
        type="checkbox"
        checked={props.checked}
        data-testid={props.testId}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      {props.label}
    </label>
  );
}

export function NoticeSettings(): JSX.Element {
  const t = useText();
  const { settings, change } = useNotices();
  const [refused, setRefused] = useState(false);
  const { quiet } = settings;
  const setDesktop = (desktop: boolean): void => {
    setRefused(false);
    if (!desktop) change({ desktop });
    else
      void mayNotify()
        .catch(() => false)
        .then((granted) => (granted ? change({ desktop: true }) : setRefused(true)));
  };
  return (
    <>
      <div className="row">
        <span className="l">{t('notices.sound')}</span>
        <span className="grp">
          {LEVELS.map((level) => (
            <Check
              key={level}
              label={t(`notices.level.${level}`)}
              checked={settings.sound[level]}
              testId={`notices-sound-${level}`}
              onChange={(on) => {
                change({ sound: { ...settings.sound, [level]: on } });
                if (on) sound(level);
              }}
            />
          ))}
        </span>
      </div>
      <div className="row">
        <span className="l">{t('alerts.title')}</span>
        <span className="grp">
          <Check
            label={t('notices.desktop')}
            checked={settings.desktop}
            testId="notices-desktop"
            onChange={setDesktop}
          />
          <Check
            label={t('notices.fills')}
            checked={settings.fills}
            testId="notices-fills"
            onChange={(fills) => change({ fills })}
          />
        </span>
      </div>
      {refused && (
        <p className="note" role="alert" data-testid="notices-refused">
          {t('notices.refused')}
        </p>
      )}
      <div className="row">
        <span className="l">{t('notices.quiet')}</span>
        <span className="grp">
          <Check
            label={t('notices.daily')}
            checked={quiet.daily}
            testId="notices-daily"
            onChange={(daily) => change({ quiet: { ...quiet, daily } })}
          />
          {(['from', 'until'] as const).map((end) => (
            <input
              key={end}
              type="time"
              className="field num"
              aria-label={t(`notices.${end}`)}
              value={quiet[end]}
              disabled={!quiet.daily}
              data-testid={`notices-${end}`}
              onChange={(event) => {
                if (event.target.value !== '') change({ quiet: { ...quiet, [end]: event.target.value } });
              }}
            />
          ))}
        </span>
      </div>
      <p className="note">{t('notices.quietHint')}</p>
    </>
  );
}
