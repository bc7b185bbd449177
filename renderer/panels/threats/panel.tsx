/** The threat centre: scores above; below them what is open now, how it went, the detectors, and what may run by itself. */
import type { JSX } from 'react';
import { useThreats } from '../../store/threats.ts';
import { useText } from '../../text/index.ts';
import { Segment } from '../../ui/controls.tsx';
import { Skeleton } from '../../ui/panel.tsx';
import { Veiled } from '../../ui/states.tsx';
import { Counts } from './parts/counts.tsx';
import { Detectors } from './parts/detectors.tsx';
import { Mandates } from './parts/mandates.tsx';
import { OpenThreats } from './parts/open-threats.tsx';
import { Past } from './parts/past.tsx';
import { Plays } from './parts/plays.tsx';
import { Scores } from './parts/scores.tsx';
import { Standing } from './parts/standing.tsx';
import { Timeline } from './parts/timeline.tsx';
import { RECORD_TABS, THREAT_TABS, useThreatSlice } from './slice.ts';

/** Threats that are open and were not acknowledged. */
export function useOpenThreatCount(): number | null {
  const threats = useThreats((state) => state.threats);
  const ready = useThreats((state) => state.ready);
  return ready ? [...threats.values()].filter(({ acknowledged }) => !acknowledged).length : null;
}

function Now(): JSX.Element {
  return (
    <>
      <Scores />
      <div className="thr-now">
        <OpenThreats />
        <div className="thr-side">
          <Plays />
          <Standing />
        </div>
      </div>
    </>
  );
}

function Record(): JSX.Element {
  const t = useText();
  const shown = useThreatSlice((state) => state.record);
  return (
    <>
      <div className="thr-line">
        <Segment
          label={t('threats.tab.record')}
          choices={RECORD_TABS.map((value) => ({ value, label: t(`threats.record.${value}`) }))}
          value={shown}
          onChange={(record) => useThreatSlice.setState({ record })}
          testId="threat-record"
        />
      </div>
      {shown === 'day' ? <Timeline /> : shown === 'past' ? <Past /> : <Counts />}
    </>
  );
}

export function ThreatPanel(): JSX.Element {
  const t = useText();
  const tab = useThreatSlice((state) => state.tab);
  const ready = useThreats((state) => state.ready);
  if (!ready) return <Skeleton />;
  return (
    <>
      <div className="tbar thr-tabs">
        <Segment
          label={t('panel.threats')}
          choices={THREAT_TABS.map((value) => ({ value, label: t(`threats.tab.${value}`) }))}
          value={tab}
          onChange={(next) => useThreatSlice.setState({ tab: next })}
          testId="threat-tab"
        />
      </div>
      <Veiled from="core">
        <div className="thr" data-testid="threat-centre">
          {tab === 'now' && <Now />}
          {tab === 'record' && <Record />}
          {tab === 'detectors' && <Detectors />}
          {tab === 'mandates' && <Mandates />}
        </div>
      </Veiled>
    </>
  );
}
