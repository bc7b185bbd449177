/** What the environment needs: in the simulation the market's play controls, what is playing, and data; else the line and the lock. */
import type { JSX } from 'react';
import type { JumpTarget, SimulationStatus } from '#shared/domain/index.ts';
import { MAX_SPEED } from '#shared/domain/index.ts';
import { MINUTE_MS } from '#shared/time/index.ts';
import { openWizard } from '../client/connections.ts';
import { useWorkstation } from '../client/context.tsx';
import { DayRules, RewindButton } from '../panels/market/index.ts';
import { useCore } from '../store/core.ts';
import { useEnvironment, usesKis } from '../store/environment.ts';
import { nameOf, useInstruments } from '../store/instruments.ts';
import { openDialog } from '../store/overlay.ts';
import { type Translate, useText } from '../text/index.ts';
import { IconButton, MenuButton, MenuItem, Segment } from '../ui/controls.tsx';
import { factor, number, percent } from '../ui/format.ts';
import { Icon } from '../ui/icons.tsx';
import { WorkspaceTabs } from './dock/workspace-tabs.tsx';
import { EnvironmentFacts } from './environment-facts.tsx';

export const SPEEDS = [1, 10, 60, 600, MAX_SPEED] as const;
export const JUMPS: readonly JumpTarget[] = ['open', 'closeAuction', 'close', 'afterMarket', 'dayEnd', 'nextDay'];
/** Steps of the paused clock beside one second, minutes. */
const STEP_MINUTES = [1, 10] as const;

function PlayControls({ status }: { readonly status: SimulationStatus }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const jumping = useCore((state) => state.jumping);
  const hasAfter = status.schedule.some((part) => part.phase === 'afterMarket');
  return (
    <>
      <span className="grp">
        <button
          type="button"
          className="btn pri play"
          aria-label={t(status.running ? 'play.pause' : 'play.resume')}
          title={t(status.running ? 'play.pause' : 'play.resume')}
          disabled={status.busy}
          data-testid="play-toggle"
          data-running={status.running}
          onClick={() => workstation.market.togglePlay()}
        >
          <Icon name={status.running ? 'pause' : 'play'} />
        </button>
        <IconButton
          icon="stepf"
          label={t('play.step')}
          disabled={status.running || status.busy}
          testId="play-step"
          onClick={() => workstation.market.step()}
        />
        <RewindButton status={status} />
      </span>
      <Segment
        label={t('play.speed')}
        choices={SPEEDS.map((speed) => ({
          value: speed,
          label: speed === MAX_SPEED ? t('play.fastest') : t('play.times', { factor: speed }),
          ...(speed === MAX_SPEED ? { title: t('play.fastestHint', { factor: number(MAX_SPEED) }) } : {}),
        }))}
        value={status.speed}
        onChange={(speed) => workstation.market.setSpeed(speed)}
        testId="play-speed"
      />
      <span className="l true num hid-s" title={t('play.trueHint')} data-testid="play-true">
        {status.busy ? (
          <span className="busy">{t('play.busy')}</span>
        ) : status.trueSpeed === null ? (
          t('play.paused')
        ) : (
          t('play.true', { factor: factor(status.trueSpeed) })
        )}
      </span>
      {jumping ? (
        <button type="button" className="btn" data-testid="jump-stop" onClick={() => workstation.market.stopJump()}>
          <Icon name="x" size="sm" />
          {t('play.stopJump')}
        </button>
      ) : (
        <MenuButton
          className="btn"
          label={t('play.jump')}
          testId="jump-menu"
          disabled={status.busy}
          face={
            <>
              <Icon name="skip" />
              {t('play.jump')}
              <Icon name="down" size="sm" />
            </>
          }
        >
          {(close) => (
            <>
              {JUMPS.map((target) => (
                <MenuItem
                  key={target}
                  testId={`jump-${target}`}
                  {...(target === 'afterMarket' && !hasAfter ? { disabled: true, title: t('jump.noAfter') } : {})}
                  onClick={() => {
                    workstation.market.jump(target);
                    close();
                  }}
                >
                  {t(`jump.${target}`)}
                </MenuItem>
              ))}
              <hr />
              {STEP_MINUTES.map((minutes) => (
                <MenuItem
                  key={minutes}
                  testId={`step-${minutes}m`}
                  disabled={status.running}
                  {...(status.running ? { title: t('step.pausedOnly') } : {})}
                  onClick={() => {
                    workstation.market.step(minutes * MINUTE_MS);
                    close();
                  }}
                >
                  {t('step.minutes', { minutes })}
                </MenuItem>
              ))}
            </>
          )}
        </MenuButton>
      )}
    </>
  );
}

/** What is playing, in words. */
function planTitle(t: Translate, status: SimulationStatus): string {
  const { plan, instruments } = status;
  if (plan.mode === 'synthetic') {
    return plan.shock ? t('plan.shockOf', { percent: percent(plan.shock.pct, 1) }) : t('plan.synthetic');
  }
  const { date } = plan;
  if (plan.others === 'market') return t('plan.replayMarket', { date, count: number(instruments) });
  const name = nameOf(plan.instrumentId);
  return instruments > 1
    ? t('plan.replayMany', { name, date, count: number(instruments - 1) })
    : t('plan.replayOf', { name, date });
}

function MarketMenu({ status }: { readonly status: SimulationStatus }): JSX.Element {
  const t = useText();
  // The name of a replayed issue stands on the button.
  useInstruments((state) => state.byId);
  const { plan } = status;
  const title = planTitle(t, status);
  return (
    <MenuButton
      className="btn ghost"
      label={t('plan.choose')}
      spoken
      testId="market-menu"
      disabled={status.busy}
      face={
        <>
          <span className="l">{t('plan.label')}</span>
          <b data-testid="market-name">{title}</b>
          <span className="l hid-s">{t('plan.seed')}</span>
          <b className="num hid-s">{plan.seed}</b>
          <Icon name="down" size="sm" />
        </>
      }
    >
      {(close) => (
        <>
          <MenuItem
            testId="market-synthetic"
            onClick={() => {
              close();
              openDialog('synthetic');
            }}
          >
            <Icon name="flask" />
            {t('plan.openSynthetic')}
          </MenuItem>
          <MenuItem
            testId="market-crash"
            onClick={() => {
              close();
              openDialog('crash');
            }}
          >
            <Icon name="warn" />
            {t('plan.openCrash')}
          </MenuItem>
          <MenuItem
            testId="replay-open"
            onClick={() => {
              close();
              openDialog('replay');
            }}
          >
            <Icon name="candle" />
            {t('plan.openReplay')}
          </MenuItem>
        </>
      )}
    </MenuButton>
  );
}

/** What plays, and how: the simulated market's own controls. */
function SimulationControls({ status }: { readonly status: SimulationStatus }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  // Who has no connection yet finds the way to the first one without opening a menu.
  const unconnected = useEnvironment(
    (state) => state.status?.choices.every((choice) => choice.connectionId === null) ?? false,
  );
  return (
    <>
      <PlayControls status={status} />
      <span className="vsep" />
      <MarketMenu status={status} />
      <DayRules status={status} />
      {status.disturbed && (
        <span className="chip mid hid-s" title={t('plan.disturbedHint')} data-testid="market-disturbed">
          {t('plan.disturbed')}
        </span>
      )}
      <button
        type="button"
        className="btn"
        data-testid="market-restart"
        disabled={status.busy}
        onClick={() => void workstation.market.begin(status.plan)}
      >
        <Icon name="refresh" size="sm" />
        {t('plan.restart')}
      </button>
      {unconnected && (
        <button
          type="button"
          className="btn"
          aria-label={t('wizard.open')}
          title={t('wizard.open')}
          data-testid="hint-wizard"
          onClick={() => openWizard()}
        >
          <Icon name="plug" size="sm" />
          <span className="hid-s">{t('wizard.open')}</span>
        </button>
      )}
      <button type="button" className="btn" data-testid="import-open" onClick={() => openDialog('import')}>
        <Icon name="dl" size="sm" />
        {t('import.open')}
      </button>
    </>
  );
}

export function EnvironmentBar(): JSX.Element {
  const t = useText();
  const status = useCore((state) => state.status);
  const kis = useCore((state) => usesKis(state.environment));
  return (
    <nav className="envbar" aria-label={t('env.bar')}>
      <WorkspaceTabs />
      <div className="envr">{kis ? <EnvironmentFacts /> : status && <SimulationControls status={status} />}</div>
    </nav>
  );
}
