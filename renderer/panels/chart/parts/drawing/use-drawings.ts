/** The drawings of the issue in a chart, and the hand that works on them. */
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { type Anchor, priceUnitOf, DRAWINGS_LIMIT } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../../client/context.tsx';
import { type TextKey, useText } from '../../../../text/index.ts';
import { changePercent, number } from '../../../../ui/format.ts';
import { money, signedMoney } from '../../../../ui/money.ts';
import { browserIds } from '../../../../ui/platform.ts';
import type { ChartView } from '../chart-view.ts';
import type { Words } from './geometry.ts';
import { Hand, type HandState } from './hand.ts';
import { Sheet, type SheetState } from './sheet.ts';

export interface DrawingsOf {
  readonly hand: Hand;
  readonly state: HandState;
  readonly sheet: Sheet;
  readonly kept: SheetState;
}

type Translate = ReturnType<typeof useText>;

const SPANS: readonly { readonly ms: number; readonly key: TextKey }[] = [
  { ms: 86_400_000, key: 'draw.days' },
  { ms: 3_600_000, key: 'draw.hours' },
  { ms: 60_000, key: 'draw.minutes' },
  { ms: 1_000, key: 'draw.seconds' },
];

/** A length of time in its two largest units. */
export function spanWords(ms: number, t: Translate): string {
  let left = Math.abs(ms);
  const said: string[] = [];
  for (const { ms: unit, key } of SPANS) {
    const n = Math.floor(left / unit);
    if (n > 0 && said.length < 2) said.push(t(key, { n }));
    left -= n * unit;
  }
  return said.length === 0 ? t('draw.minutes', { n: 0 }) : said.join(' ');
}

/** `priceStep`: a price some ticks away. */
export function useDrawings(
  view: ChartView | null,
  instrumentId: string,
  priceStep: (price: number, ticks: number) => number,
): DrawingsOf {
  const t = useText();
  const workstation = useWorkstation();
  const unit = priceUnitOf(instrumentId);
  const sheet = useMemo(
    () => new Sheet(workstation.documents, instrumentId, (error) => workstation.fail(error)),
    [workstation, instrumentId],
  );
  useEffect(() => sheet.follow(), [sheet]);
  const kept = useSyncExternalStore(sheet.watch, sheet.state);
  const words = useMemo(
    (): Omit<Words, 'widthOf'> => ({
      price: (price) => money(price, unit),
      measured(from, to) {
        return t('draw.measured', {
          change: signedMoney(to.price - from.price, unit),
          percent: from.price === 0 ? '' : changePercent(to.price - from.price, from.price),
          bars: number(view?.axes.barsBetween(from.ts, to.ts) ?? 0),
          span: spanWords(to.ts - from.ts, t),
        });
      },
    }),
    [view, unit, t],
  );
  const step = useRef(priceStep);
  useEffect(() => {
    step.current = priceStep;
  }, [priceStep]);
  const measuring = useRef<Words>({ ...words, widthOf: () => 0 });
  const stepNow = useCallback((price: number, ticks: number) => step.current(price, ticks), []);
  const wordsNow = useCallback(() => measuring.current, []);
  const hand = useMemo(
    () =>
      new Hand({
        plane: () => view?.axes.plane() ?? null,
        words: wordsNow,
        drawings: () => (sheet.state().hidden ? [] : sheet.state().drawings),
        priceStep: stepNow,
        newId: () => browserIds.next(),
        act: (change) => sheet.act(change),
        full: () =>
          workstation.notify({
            level: 'caution',
            title: t('draw.full', { count: DRAWINGS_LIMIT }),
            body: t('draw.fullBody'),
          }),
        undo: () => sheet.undo(),
        redo: () => sheet.redo(),
        pointTo: (anchor: Anchor | null) => view?.pointTo(anchor),
      }),
    [view, sheet, wordsNow, stepNow, workstation, t],
  );
  const state = useSyncExternalStore(hand.watch, hand.state);
  useEffect(() => {
    if (!view) return;
    measuring.current = view.sketch.use(
      () => ({ drawings: hand.shown(), selected: hand.state().selected, draft: hand.draft() }),
      words,
    );
    const repaint = (): void => view.sketch.repaint();
    const stops = [hand.watch(repaint), sheet.watch(repaint)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [view, hand, sheet, words]);
  return { hand, state, sheet, kept };
}
