/** The settings of a chart panel: kept under the panel, changed one thing at a time. */
import {
  type ChartIndicator,
  type ChartInterval,
  ChartInterval as Intervals,
  type ChartSettings,
} from '#shared/domain/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useDocument, useDocuments } from '../../client/documents.ts';
import { usePanel } from '../../client/panel-context.tsx';
import { useView } from '../../store/view.ts';

/** What a new chart shows: candles with three averages. */
export const FIRST_SETTINGS: ChartSettings = {
  name: '',
  kind: 'candles',
  interval: null,
  indicators: [5, 20, 60].map((size): ChartIndicator => ({ id: 'sma', params: [size] })),
  compare: [],
  sessions: true,
  sync: { crosshair: true, interval: false, range: false },
};

export type ChartChange = Partial<ChartSettings> | ((settings: ChartSettings) => Partial<ChartSettings>);

export interface ChartChoice {
  readonly settings: ChartSettings;
  readonly interval: ChartInterval;
  /** Templates by name. */
  readonly templates: readonly ChartSettings[];
  /** Fields, or what makes them of the settings as they are by then. */
  readonly change: (change: ChartChange) => void;
  readonly keepTemplate: (name: string) => void;
}

const TEMPLATE = 'template-';

/** null until the core has told them. */
export function useChartChoice(): ChartChoice | null {
  const workstation = useWorkstation();
  const { panelId } = usePanel();
  const kept = useDocument('chart', panelId);
  const all = useDocuments('chart');
  const chosen = useView((state) => state.interval);
  if (kept === undefined) return null;
  const settings = kept ?? FIRST_SETTINGS;
  const fail = (error: unknown): void => workstation.fail(error);
  return {
    settings,
    interval: settings.interval ?? Intervals.parse(chosen),
    templates: [...(all ?? [])].filter(([id]) => id.startsWith(TEMPLATE)).map(([, body]) => body),
    change(change) {
      workstation.documents
        .edit('chart', panelId, (body) => {
          const now = body ?? FIRST_SETTINGS;
          return { ...now, ...(typeof change === 'function' ? change(now) : change) };
        })
        .catch(fail);
    },
    keepTemplate(name) {
      const id = `${TEMPLATE}${workstation.newRequestId()}`;
      workstation.documents.save('chart', id, { ...settings, name, interval: null }).catch(fail);
    },
  };
}
