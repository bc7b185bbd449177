/** One click between the four environments: what can be switched to, what cannot and why, and the connection where there are several. */
import type { JSX } from 'react';
import type { Environment, EnvironmentStatus } from '#shared/domain/index.ts';
import { openWizard } from '../client/connections.ts';
import { useWorkstation } from '../client/context.tsx';
import { useCore } from '../store/core.ts';
import { useEnvironment } from '../store/environment.ts';
import { openDialog } from '../store/overlay.ts';
import { showView } from '../store/work.ts';
import { useText } from '../text/index.ts';
import { MenuButton, MenuItem } from '../ui/controls.tsx';
import { environmentIcon } from '../ui/environment-icon.ts';
import { Icon } from '../ui/icons.tsx';

export const ENVIRONMENTS: readonly Environment[] = ['simulation', 'live', 'paper', 'real'];

type EnvironmentChoice = EnvironmentStatus['choices'][number];

/** What one segment of the switch can do. */
export interface SegmentOffer {
  readonly environment: Environment;
  readonly open: readonly EnvironmentChoice[];
  readonly shut: readonly EnvironmentChoice[];
  /** Why nothing of it can be chosen; null where something can. '': the core says nothing of it. */
  readonly reasonKo: string | null;
}

/** The choices of the core, by environment. */
export function segmentOffers(choices: readonly EnvironmentChoice[]): readonly SegmentOffer[] {
  return ENVIRONMENTS.map((environment) => {
    const own = choices.filter((choice) => choice.environment === environment);
    const open = own.filter((choice) => choice.reasonKo === null);
    const shut = own.filter((choice) => choice.reasonKo !== null);
    return { environment, open, shut, reasonKo: open.length > 0 ? null : (shut[0]?.reasonKo ?? '') };
  });
}

function ChoiceList(props: { readonly offer: SegmentOffer; readonly close: () => void }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const status = useEnvironment((state) => state.status);
  const { offer, close } = props;
  return (
    <>
      <div className="sec">{t(`env.${offer.environment}`)}</div>
      {[...offer.open, ...offer.shut].map((choice) => (
        <MenuItem
          key={choice.connectionId ?? ''}
          checked={status?.environment === choice.environment && status.connectionId === choice.connectionId}
          disabled={choice.reasonKo !== null}
          testId={`env-choice-${choice.environment}-${choice.connectionId ?? 'none'}`}
          onClick={() => {
            close();
            workstation.switchTo({ environment: choice.environment, connectionId: choice.connectionId });
          }}
        >
          <Icon name={environmentIcon(choice.environment, false)} />
          <span className="ty">
            <span className="n">{choice.labelKo}</span>
            {choice.reasonKo !== null && <span className="w">{choice.reasonKo}</span>}
          </span>
        </MenuItem>
      ))}
    </>
  );
}

/** The ways from here to keys and connections; a greyed environment is no dead end. */
function ConnectionItems({ close }: { readonly close: () => void }): JSX.Element {
  const t = useText();
  return (
    <>
      <MenuItem
        testId="env-wizard"
        onClick={() => {
          close();
          openWizard();
        }}
      >
        <Icon name="plus" />
        {t('wizard.open')}
      </MenuItem>
      <MenuItem
        testId="env-connections"
        onClick={() => {
          close();
          openDialog('connections');
        }}
      >
        <Icon name="plug" />
        {t('conn.title')}
      </MenuItem>
      <MenuItem
        testId="env-line"
        onClick={() => {
          close();
          showView('line');
        }}
      >
        <Icon name="wave" />
        {t('panel.line')}
      </MenuItem>
    </>
  );
}

function SegmentButton({ offer }: { readonly offer: SegmentOffer }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const { environment } = offer;
  const status = useEnvironment((state) => state.status);
  const change = useEnvironment((state) => state.change);
  const current = useCore((state) => state.environment) === environment;
  const waiting = change.phase === 'asking' && change.target.environment === environment;
  const armed = status?.lock.state === 'armed';
  const locked = current && environment === 'real' && !armed;
  const name = t(`env.${environment}`);
  const shut = offer.reasonKo !== null && !current;
  const className = ['eseg', `e-${environment}`, current ? 'on' : '', shut ? 'shut' : '', waiting ? 'wait' : '']
    .join(' ')
    .trim();
  const face = (
    <>
      <Icon name={environmentIcon(environment, current && armed)} />
      <span className="w">{name}</span>
      <span className="ws1">{t(`env.${environment}.tag`)}</span>
      {waiting && <span className="s">{t('env.switching')}</span>}
      {locked && !waiting && <span className="s">{t('lock.word')}</span>}
    </>
  );
  // Several connections, or none: a small list says which, or why not.
  if (shut || offer.open.length > 1) {
    return (
      <MenuButton
        className={className}
        label={shut ? t('env.shut', { name }) : name}
        testId={`env-${environment}`}
        face={face}
      >
        {(close) => (
          <div className="types emenu">
            <ChoiceList offer={offer} close={close} />
            {shut && offer.reasonKo === '' && <p className="none">{t('env.noConnection')}</p>}
            <hr />
            <ConnectionItems close={close} />
          </div>
        )}
      </MenuButton>
    );
  }
  return (
    <button
      type="button"
      role="radio"
      aria-checked={current}
      className={className}
      title={t(`env.${environment}.hint`)}
      disabled={change.phase === 'asking' && !waiting}
      data-testid={`env-${environment}`}
      onClick={() => workstation.switchTo({ environment, connectionId: offer.open[0]?.connectionId ?? null })}
    >
      {face}
    </button>
  );
}

export function EnvironmentSwitch(): JSX.Element {
  const t = useText();
  const status = useEnvironment((state) => state.status);
  const environment = useCore((state) => state.environment);
  const offers = segmentOffers(
    status?.choices ?? [{ environment: 'simulation', connectionId: null, labelKo: '', reasonKo: null }],
  );
  return (
    <div
      className="eswitch"
      role="radiogroup"
      aria-label={t('env.switch')}
      data-testid="environment-chip"
      data-environment={environment}
    >
      {offers.map((offer) => (
        <SegmentButton key={offer.environment} offer={offer} />
      ))}
      <MenuButton className="eseg more" label={t('env.menu')} testId="env-menu" face={<Icon name="down" size="sm" />}>
        {(close) => (
          <div className="types emenu">
            {offers.map((offer) => (
              <ChoiceList key={offer.environment} offer={offer} close={close} />
            ))}
            <hr />
            <ConnectionItems close={close} />
          </div>
        )}
      </MenuButton>
    </div>
  );
}
