/** Which threat is the worst, and which answer is the most urgent. */
import { type PlayRecord, SEVERITIES, type ThreatSeverity } from '#shared/domain/index.ts';
import { PLAYS } from '#shared/threats/index.ts';
import { useThreats, type OpenThreat } from '../store/threats.ts';
import { useView } from '../store/view.ts';
import { text } from '../text/index.ts';
import type { Workstation } from './workstation.ts';

/** Worst first: by severity, then by what it adds to the score, then the newest. */
export function byGravity(a: OpenThreat, b: OpenThreat): number {
  const gravity = (severity: ThreatSeverity): number => SEVERITIES.indexOf(severity);
  return (
    gravity(b.threat.severity) - gravity(a.threat.severity) ||
    b.threat.score - a.threat.score ||
    b.threat.firstTs - a.threat.firstTs
  );
}

const PLACE = new Map(PLAYS.map(({ id }, at) => [id, at]));

/** Proposed plays, the most urgent first: by severity; among equals what can be undone comes first, as the catalogue has it. */
export function proposedPlays(plays: Iterable<PlayRecord>): readonly PlayRecord[] {
  return [...plays]
    .filter(({ state }) => state === 'proposed')
    .sort(
      (a, b) =>
        SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
        (PLACE.get(a.play) ?? 0) - (PLACE.get(b.play) ?? 0) ||
        a.proposedTs - b.proposedTs,
    );
}

/** Runs the most urgent play that is proposed, and says what it did. false: none is proposed. */
export function answerMostUrgent(workstation: Workstation): boolean {
  const [first] = proposedPlays(useThreats.getState().plays.values());
  if (!first) return false;
  void workstation
    .act((client) => client.threats.confirm({ playId: first.playId }))
    .then((play) => {
      if (!play) return;
      const facts = PLAYS.find(({ id }) => id === play.play);
      const ko = useView.getState().language === 'ko';
      workstation.notify({
        level: 'info',
        title: text('threats.ran', { play: (ko ? facts?.nameKo : facts?.nameEn) ?? play.play }),
        body: ko ? play.didKo : play.didEn,
      });
    });
  return true;
}
