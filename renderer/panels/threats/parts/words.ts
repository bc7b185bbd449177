/** Names of what the guard speaks of, in the language of the screen. */
import { useMemo } from 'react';
import type { DetectorId, PlayId, PlayRecord, Protection, ThreatSeverity, ThreatSignal } from '#shared/domain/index.ts';
import { ALL_DETECTORS, playFacts } from '#shared/threats/index.ts';
import { useDesk } from '../../../store/desk.ts';
import { nameOf, useInstruments } from '../../../store/instruments.ts';
import { useView } from '../../../store/view.ts';
import { type Translate, useText } from '../../../text/index.ts';

/** Subjects that are neither issues nor accounts. */
const PARTS = ['KOSPI', 'KOSDAQ', 'USDKRW', 'portfolio', 'feed', 'line', 'calls', 'clock'] as const;
const PLACES = ['log', 'export', 'clipboard', 'file', 'crash'] as const;

export interface Words {
  readonly t: Translate;
  readonly detector: (id: DetectorId) => string;
  readonly play: (id: PlayId) => string;
  /** What a play does, before it is done. */
  readonly does: (id: PlayId) => string;
  readonly subject: (subject: string) => string;
  readonly sentence: (signal: ThreatSignal) => string;
  readonly did: (play: PlayRecord) => string;
  readonly why: (protection: Protection) => string;
  /** Of two texts the one in the language of the screen. */
  readonly of: (ko: string, en: string) => string;
}

/** Chip of a severity. */
export const SEVERITY_CHIP: Readonly<Record<ThreatSeverity, string>> = {
  L: 'chip line',
  M: 'chip mid',
  H: 'chip high',
  C: 'chip crit',
};

export function useWords(): Words {
  const t = useText();
  const ko = useView((state) => state.language === 'ko');
  const accounts = useDesk((state) => state.accounts);
  const issues = useInstruments((state) => state.byId);
  return useMemo(() => {
    const of = (korean: string, english: string): string => (ko ? korean : english);
    return {
      t,
      of,
      detector(id) {
        const found = ALL_DETECTORS.find((each) => each.id === id);
        return found ? of(found.nameKo, found.nameEn) : id;
      },
      play: (id) => of(playFacts(id).nameKo, playFacts(id).nameEn),
      does: (id) => of(playFacts(id).doesKo, playFacts(id).doesEn),
      subject(subject) {
        if (issues.has(subject)) return nameOf(subject);
        const part = PARTS.find((each) => each === subject);
        if (part) return t(`threats.subject.${part}`);
        const place = PLACES.find((each) => each === subject);
        if (place) return t(`threats.place.${place}`);
        return accounts.get(subject)?.name ?? (subject.includes(':') ? nameOf(subject) : subject);
      },
      sentence: (signal) => of(signal.sentenceKo, signal.sentenceEn),
      did: (play) => of(play.didKo, play.didEn),
      why: (protection) => of(protection.whyKo, protection.whyEn),
    };
  }, [t, ko, accounts, issues]);
}
