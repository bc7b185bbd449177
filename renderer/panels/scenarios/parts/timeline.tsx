/** The timeline of a scenario: the way of the indices, and under it what happens to market, broker and safety, and who acts. */
import { type JSX, useEffect, useMemo, useRef, useState } from 'react';
import type { ScenarioDocument } from '#shared/domain/index.ts';
import { timeOfDayText } from '#shared/scenario/index.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { Segment, Select } from '../../../ui/controls.tsx';
import { Empty } from '../../../ui/panel.tsx';
import { choosePart, useScenarios } from '../slice.ts';
import { AddButton } from './add-menu.tsx';
import { PathPreview } from './preview.tsx';
import { daysOf } from './reading.ts';
import { useScenarioLine } from './scenario-line.ts';
import { TimelineBar } from './timeline-bar.tsx';
import { barsOf, marksOf, packed, REGULAR, spanFor, TRACKS, WHOLE_DAY, type Bar, type Span } from './timeline-model.ts';

const STEPS = [1, 10, 60, 300] as const;
const ZOOMS = ['fit', 'regular', 'day', 'near'] as const;
type Zoom = (typeof ZOOMS)[number];
/** Hours around the chosen bar when looking near. */
const NEAR_MS = 1_200_000;

function spanOf(zoom: Zoom, bars: readonly Bar[], chosen: Bar | undefined): Span {
  if (zoom === 'day') return WHOLE_DAY;
  if (zoom === 'regular') return REGULAR;
  if (zoom === 'near' && chosen && !chosen.key.startsWith('r')) {
    const fromMs = Math.max(WHOLE_DAY.fromMs, chosen.fromMs - NEAR_MS);
    const toMs = Math.min(WHOLE_DAY.toMs, Math.max(chosen.toMs, chosen.fromMs) + NEAR_MS);
    return { fromMs: Math.floor(fromMs / 60_000) * 60_000, toMs: Math.ceil(toMs / 60_000) * 60_000 };
  }
  return spanFor(bars);
}

/** The size of an element as it is now, pixels. */
function useSize(): readonly [
  (element: HTMLElement | null) => void,
  { readonly width: number; readonly height: number },
] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [size, setSize] = useState({ width: 600, height: 120 });
  useEffect(() => {
    if (!element) return;
    const watch = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      if (width > 0) setSize({ width: Math.floor(width), height: Math.floor(height) });
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [element]);
  return [setElement, size];
}

export function Timeline(props: {
  readonly document: ScenarioDocument;
  readonly locked: boolean;
  /** Places of events in which something has to be mended. */
  readonly faulty: ReadonlySet<number>;
  readonly onOpen: () => void;
}): JSX.Element {
  const t = useText();
  const line = useScenarioLine();
  const language = useView((state) => state.language);
  const part = useScenarios((state) => state.part);
  const shownDay = useScenarios((state) => state.day);
  const [step, setStep] = useState<number>(60);
  const [zoom, setZoom] = useState<Zoom>('fit');
  const [laneRef, { width, height }] = useSize();
  const tracks = useRef<HTMLDivElement>(null);
  const { document, locked, faulty } = props;
  const days = daysOf(document);
  const day = Math.min(shownDay, days);
  const bars = useMemo(() => barsOf(document, day, language), [document, day, language]);
  const chosen = bars.find((bar) => bar.part.name === part.name && bar.part.index === part.index);
  // While a bar is moved near the edge the hours stay where they are.
  const span = spanOf(zoom, bars, chosen);
  const pxPerMs = width / (span.toMs - span.fromMs);
  const visible = bars.filter(({ fromMs, toMs }) => toMs >= span.fromMs && fromMs <= span.toMs);
  const reached = visible.includes(chosen as Bar) ? chosen : visible[0];
  const walk = (from: Bar, steps: number): void => {
    const next = visible[(visible.indexOf(from) + steps + visible.length) % visible.length];
    if (next) tracks.current?.querySelector<HTMLElement>(`[data-bar="${next.key}"]`)?.focus();
  };
  const remove = (bar: Bar): void => {
    if (bar.part.name !== 'events') return;
    line.change([{ path: ['events', bar.part.index], value: undefined }]);
    choosePart({ name: 'events', index: -1 });
    tracks.current?.focus();
  };
  return (
    <section className="sc-tl" aria-label={t('scen.timeline')} data-testid="scen-timeline">
      <div className="tbar wrap">
        <AddButton document={document} locked={locked} />
        {days > 1 && (
          <Select
            label={t('scen.day')}
            value={String(day)}
            choices={Array.from({ length: days }, (_, at) => ({
              value: String(at + 1),
              label: t('scen.dayNth', { day: at + 1 }),
            }))}
            onChange={(value) => useScenarios.setState({ day: Number(value) })}
            testId="scen-day"
          />
        )}
        <Segment
          label={t('scen.zoom')}
          choices={ZOOMS.map((value) => ({ value, label: t(`scen.zoom.${value}`) }))}
          value={zoom}
          onChange={setZoom}
          testId="scen-zoom"
        />
        <span className="sp" />
        <span className="l">{t('scen.step')}</span>
        <Segment
          label={t('scen.step')}
          choices={STEPS.map((value) => ({ value, label: t(`scen.step.${value}`) }))}
          value={step}
          onChange={setStep}
          testId="scen-step"
        />
      </div>
      <div className="sc-tracks" ref={tracks} tabIndex={-1}>
        <div className="sc-track path">
          <span className="nm l">{t('scen.path')}</span>
          <div className="lane" ref={laneRef}>
            <PathPreview document={document} day={day} span={span} width={width} height={height} bars={visible} />
          </div>
        </div>
        <div className="sc-track axis" aria-hidden="true">
          <span className="nm" />
          <div className="lane">
            {marksOf(span, pxPerMs).map((ms) => (
              <span key={ms} className="num" style={{ left: (ms - span.fromMs) * pxPerMs }}>
                {timeOfDayText(ms)}
              </span>
            ))}
          </div>
        </div>
        {TRACKS.map((track) => {
          const own = visible.filter((bar) => bar.track === track);
          const { rows, count } = packed(own, pxPerMs);
          return (
            <div className={`sc-track ${track}`} key={track} role="group" aria-label={t(`scen.track.${track}`)}>
              <span className="nm" aria-hidden="true">
                {t(`scen.track.${track}`)}
                <span className="num l">{own.length}</span>
              </span>
              <div className="lane" style={{ height: count * 24 + 4 }}>
                {own.map((bar) => (
                  <TimelineBar
                    key={bar.key}
                    bar={bar}
                    span={span}
                    pxPerMs={pxPerMs}
                    row={rows.get(bar.key) ?? 0}
                    stepMs={step * 1_000}
                    chosen={bar === chosen}
                    reached={bar === reached}
                    locked={locked}
                    faulty={bar.part.name === 'events' && faulty.has(bar.part.index)}
                    onChoose={() => {
                      if (part.name !== bar.part.name || part.index !== bar.part.index) choosePart(bar.part);
                    }}
                    onChange={(how, byMs, dragged) => void line.change(bar[how](byMs), dragged)}
                    onWalk={(steps) => walk(bar, steps)}
                    onOpen={props.onOpen}
                    onRemove={() => remove(bar)}
                  />
                ))}
              </div>
            </div>
          );
        })}
        {document.events.length === 0 && document.actors.length === 0 && (
          <Empty icon="wave" title={t('scen.noEvents')} body={t('scen.noEventsBody')} testId="scen-no-events" />
        )}
      </div>
      <p className="sc-keys l">{t(locked ? 'scen.keysLocked' : 'scen.keys')}</p>
    </section>
  );
}
