/** Follows the guard of the environment in force, in order, and nothing else. Sole writer of store/threats.ts. */
import type { ThreatItem } from '#shared/domain/index.ts';
import { EMPTY_THREATS, useThreats, type ThreatState } from '../store/threats.ts';
import type { CoreClient } from './supervisor.ts';

/** Plays kept on the screen; older ones stay in the history. */
export const PLAYS_LIMIT = 500;

/** What is known after a batch; a snapshot replaces everything but the scores, which have a stream of their own. */
export function applyThreats(state: ThreatState, items: readonly ThreatItem[], snapshot: boolean): ThreatState {
  const from = snapshot ? { ...EMPTY_THREATS, scores: state.scores } : state;
  const threats = new Map(from.threats);
  const plays = new Map(from.plays);
  let { protections } = from;
  for (const item of items) {
    if (item.kind === 'protections') ({ protections } = item);
    else if (item.kind === 'play') plays.set(item.play.playId, item.play);
    else if (item.threat.phase === 'cleared') threats.delete(item.threat.threatId);
    else threats.set(item.threat.threatId, { threat: item.threat, acknowledged: item.acknowledged });
  }
  for (const playId of plays.keys()) {
    if (plays.size <= PLAYS_LIMIT) break;
    plays.delete(playId);
  }
  return { ...from, ready: state.ready || snapshot, threats, plays, protections, revision: state.revision + 1 };
}

/** Keeps the store of a client until the returned function is called. */
export function followThreats(client: CoreClient): () => void {
  const closers = [
    client.threats.follow(
      {},
      {
        batch(items, { snapshot }) {
          useThreats.setState((state) => applyThreats(state, items, snapshot), true);
        },
      },
    ),
    client.threats.scores(
      {},
      {
        batch(items) {
          const scores = items[items.length - 1];
          if (scores) useThreats.setState({ scores });
        },
      },
    ),
  ];
  return () => {
    for (const close of closers) close();
  };
}

/** Forgets the threats of an environment that is no longer in force. */
export function clearThreats(): void {
  useThreats.setState({ ...EMPTY_THREATS, revision: useThreats.getState().revision + 1 }, true);
}
