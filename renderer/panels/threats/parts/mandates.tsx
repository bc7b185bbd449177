/** What may run by itself: the mandates that are signed, how to sign one, and how to take it back. */
import { type JSX, useState } from 'react';
import {
  type DetectorId,
  MANDATED_PLAYS,
  PLAY_MANDATE_DAYS,
  type PlayMandate,
  SEVERITIES,
  type ThreatSeverity,
} from '#shared/domain/index.ts';
import { ALL_DETECTORS } from '#shared/threats/index.ts';
import { epochMs, kstDate } from '#shared/time/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { useDocument } from '../../../client/documents.ts';
import { usePanel } from '../../../client/panel-context.tsx';
import { useConnection } from '../../../store/connection.ts';
import { useCore } from '../../../store/core.ts';
import { useDesk } from '../../../store/desk.ts';
import { NumberField, Select } from '../../../ui/controls.tsx';
import { time } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import { Empty, Skeleton } from '../../../ui/panel.tsx';
import { parseWhole } from '../../../ui/parse.ts';
import { Failed } from '../../../ui/states.tsx';
import { useAsked } from './use-asked.ts';
import { SEVERITY_CHIP, useWords } from './words.ts';

/** The one document that holds what is signed; it is changed by signing and revoking only. */
const PLAYBOOK_ID = 'mine';
type Mandated = PlayMandate['play'];
const ALL = '';

/** Detectors that name a play. */
function detectorsOf(play: Mandated): readonly DetectorId[] {
  return ALL_DETECTORS.filter(({ plays }) => plays.includes(play)).map(({ id }) => id);
}

function Signed(props: { readonly mandate: PlayMandate; readonly onRevoked: () => void }): JSX.Element {
  const words = useWords();
  const { t } = words;
  const workstation = useWorkstation();
  const { looksOnly } = usePanel();
  const accounts = useDesk((state) => state.accounts);
  const { mandateId, play, detectors, severity, accountId, signedTs, untilTs } = props.mandate;
  return (
    <li data-testid={`mandate-${play}`}>
      <p className="h">
        <b>
          {play} {words.play(play)}
        </b>
        <span className={SEVERITY_CHIP[severity]}>
          {t('threats.atLeast', { severity: t(`threats.severity.${severity}`) })}
        </span>
        <span className="sp" />
        <span className="l num">{t('threats.until', { date: kstDate(epochMs(untilTs)), time: time(untilTs) })}</span>
        {!looksOnly && (
          <button
            type="button"
            className="btn sm"
            data-testid={`mandate-revoke-${play}`}
            onClick={() =>
              void workstation.act((client) => client.threats.revoke({ mandateId })).then(() => props.onRevoked())
            }
          >
            {t('threats.revoke')}
            <span className="sr">{words.play(play)}</span>
          </button>
        )}
      </p>
      <p className="l">
        {detectors.length === 0
          ? t('threats.anyDetector')
          : detectors.map((id) => `${id} ${words.detector(id)}`).join(', ')}
        {' · '}
        {accountId === null ? t('threats.everyAccount') : (accounts.get(accountId)?.name ?? accountId)}
        {' · '}
        {t('threats.signedAt', { date: kstDate(epochMs(signedTs)) })}
      </p>
    </li>
  );
}

/** What is signed is read before it can be: what runs by itself, when, and that nobody is asked. */
function SignForm({ onSigned }: { readonly onSigned: () => void }): JSX.Element {
  const words = useWords();
  const { t } = words;
  const workstation = useWorkstation();
  const environment = useCore((state) => state.environment);
  const accounts = useDesk((state) => state.accounts);
  const open = useConnection((state) => state.link.phase === 'open');
  const [play, setPlay] = useState<Mandated>('P3');
  const [detectors, setDetectors] = useState<ReadonlySet<DetectorId>>(new Set());
  const [severity, setSeverity] = useState<ThreatSeverity>('H');
  const [accountId, setAccountId] = useState(ALL);
  const [days, setDays] = useState('30');
  const [read, setRead] = useState(false);
  const [busy, setBusy] = useState(false);
  const count = parseWhole(days);
  const valid = count !== null && count >= 1 && count <= PLAY_MANDATE_DAYS;
  // What was read is what is signed: another choice is read again.
  const change = (act: () => void): void => {
    act();
    setRead(false);
  };
  const sign = (): void => {
    if (!valid || !read || busy || !open) return;
    setBusy(true);
    const wish = {
      play,
      detectors: [...detectors],
      severity,
      accountId: accountId === ALL ? null : accountId,
      days: count,
    };
    void workstation
      .act((client) => client.threats.sign(wish))
      .then((signed) => {
        setRead(false);
        if (signed) onSigned();
      })
      .finally(() => setBusy(false));
  };
  return (
    <form
      className="thr-form"
      data-testid="mandate-form"
      aria-label={t('threats.sign')}
      onSubmit={(event) => {
        event.preventDefault();
        sign();
      }}
    >
      <h3>{t('threats.sign')}</h3>
      <span className="l">{t('threats.mandatePlay')}</span>
      <Select
        label={t('threats.mandatePlay')}
        value={play}
        choices={MANDATED_PLAYS.map((value) => ({ value, label: `${value} ${words.play(value)}` }))}
        onChange={(value) =>
          change(() => {
            const next = MANDATED_PLAYS.find((each) => each === value);
            if (next) setPlay(next);
            setDetectors(new Set());
          })
        }
        testId="mandate-play"
      />
      <span className="l">{t('threats.mandateSeverity')}</span>
      <Select
        label={t('threats.mandateSeverity')}
        value={severity}
        choices={SEVERITIES.map((value) => ({
          value,
          label: t('threats.atLeast', { severity: t(`threats.severity.${value}`) }),
        }))}
        onChange={(value) => change(() => setSeverity(SEVERITIES.find((each) => each === value) ?? 'H'))}
        testId="mandate-severity"
      />
      <span className="l">{t('threats.mandateAccount')}</span>
      <Select
        label={t('threats.mandateAccount')}
        value={accountId}
        choices={[
          { value: ALL, label: t('threats.everyAccount') },
          ...[...accounts.values()].map((each) => ({ value: each.accountId, label: each.name })),
        ]}
        onChange={(value) => change(() => setAccountId(value))}
        testId="mandate-account"
      />
      <span className="l">{t('threats.mandateDays')}</span>
      <NumberField
        label={t('threats.mandateDays')}
        text={days}
        unit={t('threats.unit.days')}
        invalid={!valid}
        describedBy="mandate-days-hint"
        testId="mandate-days"
        lessLabel={t('threats.less', { name: t('threats.mandateDays') })}
        moreLabel={t('threats.moreOf', { name: t('threats.mandateDays') })}
        onText={(text) => change(() => setDays(text))}
        onStep={(steps) =>
          change(() => setDays(String(Math.min(PLAY_MANDATE_DAYS, Math.max(1, (count ?? 1) + steps)))))
        }
      />
      <span id="mandate-days-hint" className={valid ? 'l' : 'err'} role={valid ? undefined : 'alert'}>
        {t('threats.mandateDaysHint', { days: PLAY_MANDATE_DAYS })}
      </span>
      <fieldset className="thr-of">
        <legend className="l">{t('threats.mandateDetectors')}</legend>
        {detectorsOf(play).map((id) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={detectors.has(id)}
              data-testid={`mandate-of-${id}`}
              onChange={() =>
                change(() =>
                  setDetectors((old) => new Set(old.has(id) ? [...old].filter((each) => each !== id) : [...old, id])),
                )
              }
            />
            {id} {words.detector(id)}
          </label>
        ))}
      </fieldset>
      <div className="thr-warn" role="note" data-testid="mandate-warning">
        <Icon name="warn" />
        <div>
          <p>
            <b>{t('threats.runsByItself', { play: words.play(play), env: t(`env.${environment}`) })}</b>
          </p>
          <p>{words.does(play)}</p>
          <p>{t(`threats.means.${play}`)}</p>
        </div>
      </div>
      <label className="thr-read">
        <input type="checkbox" checked={read} data-testid="mandate-read" onChange={() => setRead(!read)} />
        {t('threats.read')}
      </label>
      <div className="acts">
        <span className="sp" />
        <button
          type="submit"
          className="btn pri"
          disabled={!valid || !read || busy || !open}
          data-testid="mandate-sign"
        >
          {t('threats.signIt')}
        </button>
      </div>
    </form>
  );
}

export function Mandates(): JSX.Element {
  const { t } = useWords();
  const { looksOnly } = usePanel();
  const kept = useDocument('playbook', PLAYBOOK_ID);
  const environment = useCore((state) => state.environment);
  const { value, error, again } = useAsked(
    (client, signal) => client.threats.mandates({}, { signal }),
    `${environment} ${JSON.stringify(kept ?? null)}`,
  );
  return (
    <div className="thr-two">
      <section className="thr-signed" aria-label={t('threats.signed')}>
        <h3 className="sec">{t('threats.signed')}</h3>
        {value === null ? (
          error ? (
            <Failed error={error} onRetry={again} />
          ) : (
            <Skeleton />
          )
        ) : value.length === 0 ? (
          <Empty
            icon="shield"
            title={t('threats.signedNone')}
            body={t('threats.signedNoneBody')}
            testId="mandates-none"
          />
        ) : (
          <ul data-testid="play-mandates">
            {value.map((mandate) => (
              <Signed key={mandate.mandateId} mandate={mandate} onRevoked={again} />
            ))}
          </ul>
        )}
      </section>
      {!looksOnly && <SignForm onSigned={again} />}
    </div>
  );
}
