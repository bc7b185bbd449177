/** A tour of the screen in a minute: points at one thing after the other, and stands in the way of none. */
import { type JSX, useEffect, useLayoutEffect, useState } from 'react';
import { useWorkstation } from '../client/context.tsx';
import { goTo, useTour } from '../store/tour.ts';
import { useView } from '../store/view.ts';
import { useText } from '../text/index.ts';

/** What is pointed at, by its test id; the first that is on the screen. */
const STEPS = [
  ['environment-chip'],
  ['palette-open'],
  ['panel-watchlist'],
  ['panel-order-book'],
  ['panel-order-ticket'],
  ['workspace-day'],
  ['kill-button'],
] as const;

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function placeOf(step: number): Place | null {
  for (const id of STEPS[step] ?? []) {
    const found = document.querySelector(`[data-testid="${id}"]`)?.getBoundingClientRect();
    if (found && found.width > 0) return { left: found.left, top: found.top, width: found.width, height: found.height };
  }
  return null;
}

/** The ring around what is spoken of. */
function Ring({ step }: { readonly step: number }): JSX.Element | null {
  const [place, setPlace] = useState<Place | null>(null);
  useLayoutEffect(() => {
    const look = (): void => setPlace(placeOf(step));
    look();
    window.addEventListener('resize', look);
    return () => window.removeEventListener('resize', look);
  }, [step]);
  return place && <i className="tour-ring" style={{ ...place }} aria-hidden="true" />;
}

export function Tour(): JSX.Element | null {
  const t = useText();
  const workstation = useWorkstation();
  const step = useTour((state) => state.step);
  const offered = useView((state) => state.loaded && !state.tourDone);
  const end = (): void => {
    goTo(null);
    void workstation.setPreferences({ tourDone: true });
  };
  useEffect(() => {
    if (step === null) return;
    const leave = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') goTo(null);
    };
    window.addEventListener('keydown', leave);
    return () => window.removeEventListener('keydown', leave);
  }, [step]);
  if (step === null && !offered) return null;
  const last = step === STEPS.length - 1;
  return (
    <>
      {step !== null && <Ring step={step} />}
      <aside className="tour" aria-label={t('tour.title')} aria-live="polite" data-testid="tour">
        <b>{step === null ? t('tour.title') : t(`tour.${step as 0}.title`)}</b>
        <p>{step === null ? t('tour.offer') : t(`tour.${step as 0}.body`)}</p>
        <span className="row">
          {step !== null && (
            <span className="l num">
              {step + 1} / {STEPS.length}
            </span>
          )}
          <button type="button" className="btn ghost" data-testid="tour-end" onClick={end}>
            {t(step === null ? 'tour.later' : 'tour.end')}
          </button>
          {step !== null && step > 0 && (
            <button type="button" className="btn" onClick={() => goTo(step - 1)}>
              {t('tour.back')}
            </button>
          )}
          <button
            type="button"
            className="btn pri"
            data-testid="tour-next"
            onClick={() => (last ? end() : goTo((step ?? -1) + 1))}
          >
            {t(step === null ? 'tour.start' : last ? 'tour.finish' : 'tour.next')}
          </button>
        </span>
      </aside>
    </>
  );
}
