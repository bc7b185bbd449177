/** What a threat is about, as far as plays act on it. */
import { InstrumentId, type DetectorId, type PlayId, type Threat } from '#shared/domain/index.ts';
import { playFacts } from '#shared/threats/index.ts';

/** Detectors whose subject is an account. */
const OF_ACCOUNTS: ReadonlySet<DetectorId> = new Set([
  ...(['A01', 'A02', 'A03', 'A04', 'A05', 'A06', 'A07'] as const),
  ...(['O03', 'O04', 'O05'] as const),
]);

export interface PlaySubject {
  readonly instrumentId: InstrumentId | null;
  readonly accountId: string | null;
}

/** The issue or the account, or neither. */
export function subjectOf({ subject, detector }: Threat): PlaySubject {
  if (OF_ACCOUNTS.has(detector)) return { instrumentId: null, accountId: subject };
  const issue = InstrumentId.safeParse(subject);
  return { instrumentId: issue.success ? issue.data : null, accountId: null };
}

/** What a play for a threat acts on: plays for one cause on different issues are different ones. */
export function targetOf(play: PlayId, threat: Threat): string {
  const { instrumentId, accountId } = subjectOf(threat);
  switch (playFacts(play).on) {
    case 'issue':
      return instrumentId ?? '';
    case 'order':
      return threat.subject;
    case 'account':
      return accountId ?? '';
    default:
      return '';
  }
}

/** The plays of a threat in the order in which they act: a halt may not wait for what others write to the disk. */
export function inTurn(plays: readonly PlayId[]): readonly PlayId[] {
  return plays.toSorted((a, b) => Number(b === 'P7') - Number(a === 'P7'));
}
