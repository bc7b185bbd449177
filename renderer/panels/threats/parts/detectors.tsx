/** Every detector: how it stands, how it is computed, and its figures, which the user may change within their ranges. */
import { type JSX, useMemo, useState } from 'react';
import { RISK_FAMILIES, type DetectorRow, type RiskFamily } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { useDocument } from '../../../client/documents.ts';
import { usePanel } from '../../../client/panel-context.tsx';
import { Segment } from '../../../ui/controls.tsx';
import { Skeleton } from '../../../ui/panel.tsx';
import { Failed } from '../../../ui/states.tsx';
import { useThreatSlice } from '../slice.ts';
import { DetectorTuning } from '../tuning.tsx';
import { changedFigures, DetectorForm } from './detector-form.tsx';
import { walkRows } from './open-threats.tsx';
import { useAsked } from './use-asked.ts';
import { SEVERITY_CHIP, useWords } from './words.ts';

const STATES_MS = 10_000;
/** The one document that holds what the user has set. */
const SETTINGS_ID = 'mine';

const STATE_CHIP: Readonly<Record<DetectorRow['state'], string>> = {
  on: 'chip ok',
  off: 'chip line',
  noInput: 'chip dis',
  broken: 'chip high',
};

function Row(props: {
  readonly row: DetectorRow;
  readonly chosen: boolean;
  readonly onTurn: (row: DetectorRow) => void;
}): JSX.Element {
  const words = useWords();
  const { t } = words;
  const { looksOnly } = usePanel();
  const { row, chosen } = props;
  const name = words.of(row.nameKo, row.nameEn);
  const changed = row.params.some(({ value, initial }) => value !== initial);
  return (
    <li className={chosen ? 'on' : ''}>
      <button
        type="button"
        className="thr-pick"
        data-row
        aria-pressed={chosen}
        data-testid={`detector-${row.id}`}
        onClick={() => useThreatSlice.setState({ detector: row.id })}
      >
        <span className="l num">{row.id}</span>
        <span className="el">{name}</span>
        {changed && <span className="chip line">{t('threats.changed')}</span>}
        <span className={SEVERITY_CHIP[row.severity]}>{t(`threats.severity.${row.severity}`)}</span>
        <span className={STATE_CHIP[row.state]} data-testid={`detector-state-${row.id}`}>
          {t(`threats.state.${row.state}`)}
        </span>
      </button>
      {!looksOnly && (
        <button
          type="button"
          className="btn sm"
          role="switch"
          aria-checked={row.on}
          aria-label={t('threats.switch', { name })}
          data-testid={`detector-on-${row.id}`}
          onClick={() => props.onTurn(row)}
        >
          {t(row.on ? 'threats.turnOff' : 'threats.turnOn')}
        </button>
      )}
    </li>
  );
}

export function Detectors(): JSX.Element {
  const words = useWords();
  const { t } = words;
  const workstation = useWorkstation();
  const chosen = useThreatSlice((state) => state.detector);
  const [family, setFamily] = useState<RiskFamily | 'all'>('all');
  // Another window may set them.
  const kept = useDocument('detectors', SETTINGS_ID);
  const { value, error, again } = useAsked(
    (client, signal) => client.threats.detectors({}, { signal }),
    JSON.stringify(kept ?? null),
    STATES_MS,
  );
  const shown = useMemo(
    () => (value ?? []).filter((row) => family === 'all' || row.family === family),
    [value, family],
  );
  if (value === null) return error ? <Failed error={error} onRetry={again} /> : <Skeleton />;
  const row = value.find(({ id }) => id === chosen) ?? shown[0] ?? value[0];
  const set = async (of: DetectorRow, on: boolean, params: Record<string, number>): Promise<boolean> => {
    const answer = await workstation.act((client) => client.threats.configure({ id: of.id, on, params }));
    again();
    return answer !== null;
  };
  const counts = (state: DetectorRow['state']): number => value.filter((each) => each.state === state).length;
  return (
    <div className="thr-detectors">
      <div className="thr-line">
        <Segment
          label={t('threats.families')}
          choices={(['all', ...RISK_FAMILIES] as const).map((each) => ({
            value: each,
            label: each === 'all' ? t('threats.all') : t(`threats.family.${each}`),
          }))}
          value={family}
          onChange={setFamily}
          testId="detectors-family"
        />
        <span className="l" data-testid="detectors-counts">
          {(['on', 'off', 'noInput', 'broken'] as const)
            .map((state) => `${t(`threats.state.${state}`)} ${counts(state)}`)
            .join(' · ')}
        </span>
      </div>
      <div className="thr-two">
        <ul className="thr-picks" data-testid="detectors" onKeyDown={walkRows}>
          {shown.map((each) => (
            <Row
              key={each.id}
              row={each}
              chosen={each.id === row?.id}
              onTurn={(of) => void set(of, !of.on, changedFigures(of.params))}
            />
          ))}
        </ul>
        {row && (
          <DetectorForm
            // What was being typed for another one, or over figures that have changed since, is not taken over.
            key={`${row.id} ${JSON.stringify(row.params)}`}
            row={row}
            onSave={(params) => set(row, row.on, params)}
          />
        )}
      </div>
      {row && <DetectorTuning key={row.id} detector={row} />}
    </div>
  );
}
