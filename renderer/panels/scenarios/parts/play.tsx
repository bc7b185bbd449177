/** Plays the scenario on the screen, as the practice market; where one runs, it is asked first. */
import { type JSX, useState } from 'react';
import { createPortal } from 'react-dom';
import { isOpen, trackOf } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { useCore } from '../../../store/core.ts';
import { useDesk } from '../../../store/desk.ts';
import { usesKis } from '../../../store/environment.ts';
import { useText } from '../../../text/index.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { isShipped, useScenarios, type OpenScenario } from '../slice.ts';
import { Figure } from './run-fields.tsx';

export function PlayOnScreen(props: {
  readonly open: OpenScenario;
  readonly name: string;
  readonly onClose: () => void;
}): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const environment = useCore((state) => state.environment);
  const running = useCore((state) => state.status?.running === true);
  const orders = useDesk((state) => state.orders);
  const scenario = useScenarios((state) => state.reading.document);
  const [seed, setSeed] = useState(1);
  const [busy, setBusy] = useState(false);
  const { open, name, onClose } = props;
  const waiting = [...orders.values()].filter(({ state }) => isOpen(state)).length;
  const others = (scenario?.events ?? []).filter(({ kind }) => trackOf(kind) !== 'market').length;
  const kis = usesKis(environment);
  const armed = (scenario?.plays ?? []).filter(({ play, mode }) => play !== 'P1' && mode === 'auto');
  const [arms, setArms] = useState(true);
  const start = async (): Promise<void> => {
    setBusy(true);
    const { id, text } = open;
    const plan = await workstation.act((client) =>
      client.scenarios.plan({ id, seed, text: isShipped(id) ? null : text }),
    );
    if (plan && (await workstation.market.begin(plan)) !== null) {
      const text = isShipped(id) ? null : open.text;
      const mandates =
        arms && armed.length > 0 ? await workstation.act((client) => client.threats.arm({ id, text })) : [];
      workstation.notify({
        level: 'info',
        title: t('scen.playing', { name }),
        body: mandates && mandates.length > 0 ? t('scen.playArmed', { count: mandates.length }) : t('scen.playingBody'),
      });
    }
    onClose();
  };
  // A panel would hold the dialog within itself.
  return createPortal(
    <Dialog
      title={t('scen.playTitle')}
      closeLabel={t('common.close')}
      onClose={onClose}
      testId="scen-play-dialog"
      foot={
        <>
          <span className="sp" />
          <button type="button" className="btn lg" onClick={onClose}>
            {t('common.cancel')}
          </button>
          <button
            type="button"
            className="btn pri lg"
            disabled={kis || busy}
            onClick={() => void start()}
            data-testid="scen-play-go"
          >
            {t(running ? 'scen.playInstead' : 'scen.playGo')}
          </button>
        </>
      }
    >
      {kis ? (
        <p role="alert">{t('scen.playKis')}</p>
      ) : (
        <>
          <p>{t('scen.playHint', { name })}</p>
          {running && <p data-testid="scen-play-ends">{t('scen.playEnds')}</p>}
          {waiting > 0 && <p className="highc">{t('scen.playExpires', { count: waiting })}</p>}
          {others > 0 && <p className="note">{t('scen.playOnlyMarket', { count: others })}</p>}
          {armed.length > 0 && (
            <label className="row">
              <input
                type="checkbox"
                checked={arms}
                onChange={(event) => setArms(event.target.checked)}
                data-testid="scen-play-arm"
              />
              {t('scen.playArm', { plays: armed.map(({ play }) => play).join(', ') })}
            </label>
          )}
          <div className="row">
            <span className="l">{t('scen.seed')}</span>
            <Figure
              label={t('scen.seed')}
              value={seed}
              least={0}
              most={4_294_967_295}
              onValue={setSeed}
              testId="scen-play-seed"
            />
          </div>
        </>
      )}
    </Dialog>,
    document.body,
  );
}
