/** The connections known: account, where the keys are, what to remember, and what can be done with each. */
import type { JSX } from 'react';
import { useEffect, useState } from 'react';
import type { KisConnection } from '#shared/domain/index.ts';
import { loadConnections, openWizard } from '../../client/connections.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useEnvironment } from '../../store/environment.ts';
import { useKis } from '../../store/kis.ts';
import { closeDialog, openDialog } from '../../store/overlay.ts';
import { useText } from '../../text/index.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { UNKNOWN } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { Empty, Failed, Skeleton } from '../../ui/states.tsx';
import { CheckList, useChecks } from './parts/check-list.tsx';
import { useFailure } from './parts/failure.ts';

const LEVEL = { info: 'mut', caution: 'midc', high: 'highc' } as const;

function Tried({ connectionId }: { readonly connectionId: string }): JSX.Element {
  const t = useText();
  const { state, again } = useChecks(connectionId);
  return (
    <>
      <CheckList state={state} />
      <button type="button" className="btn sm" disabled={state.phase === 'running'} onClick={again}>
        {t('conn.testAgain')}
      </button>
    </>
  );
}

function Facts({ connection }: { readonly connection: KisConnection }): JSX.Element {
  const t = useText();
  return (
    <div className="kvl four">
      <span className="l">{t('conn.account')}</span>
      <span className="v num">{connection.accountMasked}</span>
      <span className="l">{t('conn.keptIn')}</span>
      <span className={connection.keptIn === 'keychain' ? 'v' : 'v midc'} data-testid="conn-kept">
        {t(`conn.kept.${connection.keptIn}`)}
      </span>
      <span className="l">{t('conn.issued')}</span>
      <span className="v num">{connection.keyIssuedOn ?? UNKNOWN}</span>
      <span className="l">{t('conn.expires')}</span>
      <span className="v num">{connection.keyExpiresOn ?? UNKNOWN}</span>
      <span className="l">{t('conn.hts')}</span>
      <span className="v">{t(connection.hasHtsId ? 'conn.htsYes' : 'conn.htsNo')}</span>
      <span className="l">{t('conn.traded')}</span>
      <span className="v num">{connection.lastTradedOn ?? UNKNOWN}</span>
    </div>
  );
}

function Entry({ connection }: { readonly connection: KisConnection }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const inForce = useEnvironment((state) => state.status?.connectionId === connection.connectionId);
  const [trying, setTrying] = useState(false);
  const [removing, setRemoving] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [failure, showFailure, clearFailure] = useFailure();
  const { connectionId, kind, label } = connection;
  const run = (act: Promise<void> | undefined): void => {
    clearFailure();
    act?.catch(showFailure);
  };
  const remove = (): void =>
    run(
      workstation.client?.kis.remove({ connectionId }).then(async () => {
        await loadConnections(workstation);
      }),
    );
  const revoke = (): void =>
    run(
      workstation.client?.kis.revokeToken({ connectionId }).then(({ revoked }) => {
        setSaid(t(revoked ? 'conn.revoked' : 'conn.revokedNot'));
      }),
    );
  return (
    <li className={`conn e-${kind}`} data-testid={`connection-${connectionId}`}>
      <div className="ch">
        <Icon name={kind === 'paper' ? 'doc' : 'lock'} />
        <b>{label === '' ? t(`env.${kind}`) : label}</b>
        <span className={`etag e-${kind}`}>{t(`env.${kind}.tag`)}</span>
        {connection.endpoint === 'emulator' && <span className="chip mid">{t('env.emulator')}</span>}
        {inForce && <span className="chip">{t('conn.inForce')}</span>}
        <span className="sp" />
        <span className="mut num">{connection.restHost}</span>
      </div>
      <Facts connection={connection} />
      {connection.reminders.map((reminder) => (
        <p key={reminder.kind} className={LEVEL[reminder.level]} data-testid={`reminder-${reminder.kind}`}>
          <Icon name={reminder.level === 'info' ? 'info' : 'warn'} size="sm" /> {reminder.textKo}
        </p>
      ))}
      {removing ? (
        <div className="acts ask" role="alert">
          <span>{t(inForce ? 'conn.removeInForce' : 'conn.removeAsk')}</span>
          <span className="sp" />
          <button type="button" className="btn" autoFocus onClick={() => setRemoving(false)}>
            {t('common.cancel')}
          </button>
          <button type="button" className="btn crit" disabled={inForce} onClick={remove} data-testid="conn-remove-yes">
            {t('conn.removeYes')}
          </button>
        </div>
      ) : (
        <div className="acts">
          <button type="button" className="btn" onClick={() => setTrying(!trying)} data-testid="conn-test">
            {t('conn.test')}
          </button>
          <button type="button" className="btn" onClick={() => openWizard(connection)} data-testid="conn-replace">
            {t('conn.replace')}
          </button>
          <button type="button" className="btn" onClick={revoke} title={t('conn.revokeHint')} data-testid="conn-revoke">
            {t('conn.revoke')}
          </button>
          <span className="sp" />
          <button type="button" className="btn" onClick={() => setRemoving(true)} data-testid="conn-remove">
            {t('conn.remove')}
          </button>
        </div>
      )}
      {said !== null && <p role="status">{said}</p>}
      {failure !== null && (
        <p className="err" role="alert" data-testid="conn-error">
          {failure}
        </p>
      )}
      {trying && <Tried connectionId={connectionId} />}
    </li>
  );
}

function Body(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const { connections, keychain, connectionsError } = useKis();
  useEffect(() => void loadConnections(workstation), [workstation]);
  if (!connections && connectionsError) {
    return <Failed error={connectionsError} onRetry={() => void loadConnections(workstation)} />;
  }
  if (!connections) return <Skeleton rows={4} />;
  return (
    <>
      {keychain && !keychain.available && (
        <p className="calm midc" role="note" data-testid="no-keychain">
          <Icon name="warn" /> {t('wizard.keptMemory', { why: keychain.reasonKo ?? '' })}
        </p>
      )}
      {connections.length === 0 ? (
        <Empty icon="plug" title={t('conn.empty')} body={t('conn.emptyBody')} testId="connections-empty" />
      ) : (
        <ul className="conns">
          {connections.map((connection) => (
            <Entry key={connection.connectionId} connection={connection} />
          ))}
        </ul>
      )}
    </>
  );
}

export function ConnectionsDialog(): JSX.Element {
  const t = useText();
  const pinSet = useEnvironment((state) => state.status?.lock.pinSet ?? false);
  return (
    <Dialog
      title={t('conn.title')}
      closeLabel={t('common.close')}
      onClose={closeDialog}
      testId="connections-dialog"
      className="wide"
      foot={
        <>
          <button type="button" className="btn lg" onClick={() => openDialog('pin')} data-testid="open-pin">
            {t(pinSet ? 'pin.change' : 'pin.set')}
          </button>
          <span className="sp" />
          <button type="button" className="btn pri lg" onClick={() => openWizard()} data-testid="open-wizard">
            <Icon name="plus" />
            {t('wizard.open')}
          </button>
        </>
      }
    >
      <Body />
    </Dialog>
  );
}
