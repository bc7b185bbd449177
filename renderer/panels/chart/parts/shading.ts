/** Washes the hours outside of the regular session, and parts days by a dashed line. */
import type {
  IPanePrimitive,
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  PaneAttachedParameter,
} from 'lightweight-charts';
import type { ChartTheme } from '../../../theme/chart-theme.ts';
import { placesWithin, type Places } from './drawing/places.ts';
import { sessionReader, stretches } from './sessions.ts';

const DASH = [3, 4];

export class SessionShading implements IPanePrimitive {
  readonly #places: () => Places;
  readonly #theme: () => ChartTheme;
  readonly #read = sessionReader();
  #on = false;
  #ask: () => void = () => undefined;

  constructor(of: { readonly places: () => Places; readonly theme: () => ChartTheme }) {
    this.#places = of.places;
    this.#theme = of.theme;
  }

  attached({ requestUpdate }: PaneAttachedParameter): void {
    this.#ask = requestUpdate;
  }

  detached(): void {
    this.#ask = () => undefined;
  }

  set(on: boolean): void {
    if (on === this.#on) return;
    this.#on = on;
    this.#ask();
  }

  readonly #renderer: IPrimitivePaneRenderer = {
    draw: (target) =>
      target.useMediaCoordinateSpace(({ context, mediaSize }) => {
        const places = this.#places();
        const range = placesWithin(places, mediaSize.width);
        if (!range) return;
        const { wash, line } = this.#theme();
        const half = places.spacing / 2;
        for (const { kind, from, to, newDay } of stretches(places.tsAt, range, this.#read)) {
          const left = places.xAt(from) - half;
          if (kind !== 'regular') {
            context.fillStyle = wash;
            context.fillRect(left, 0, places.xAt(to) + half - left, mediaSize.height);
          }
          if (!newDay) continue;
          context.strokeStyle = line;
          context.setLineDash(DASH);
          context.beginPath();
          context.moveTo(left, 0);
          context.lineTo(left, mediaSize.height);
          context.stroke();
          context.setLineDash([]);
        }
      }),
  };

  readonly #views = [{ zOrder: () => 'bottom' as const, renderer: () => (this.#on ? this.#renderer : null) }];

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#views;
  }
}
