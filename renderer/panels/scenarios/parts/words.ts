/** Entries of a scenario in a few words, as lists and the timeline name them. */
import {
  krxId,
  type ArmedPlay,
  type DetectorId,
  type PlayId,
  type ScenarioActor,
  type ScenarioCriterion,
  type ScenarioEvent,
} from '#shared/domain/index.ts';
import { kindName, unitName, valueName } from '#shared/scenario/index.ts';
import { ALL_DETECTORS, playFacts } from '#shared/threats/index.ts';
import { nameOf } from '../../../store/instruments.ts';
import type { Language } from '../../../text/index.ts';
import { signed } from '../../../ui/format.ts';

const DETECTORS = new Map(ALL_DETECTORS.map((each) => [each.id, each]));

/** "삼성전자", or the code where the issue is not listed. */
export function issueName(code: string): string {
  return nameOf(krxId(code));
}

/** "A01 일간 손실". */
export function detectorName(id: DetectorId, language: Language): string {
  const found = DETECTORS.get(id);
  return `${id} ${found ? (language === 'ko' ? found.nameKo : found.nameEn) : ''}`.trim();
}

/** "P5 청산만". */
export function playName(id: PlayId, language: Language): string {
  const facts = playFacts(id);
  return `${id} ${language === 'ko' ? facts.nameKo : facts.nameEn}`;
}

/** Fields that say how large an event is, in the order in which they are said. */
const FIGURES = ['pct', 'factor', 'eokKrw', 'level', 'count', 'ms', 'minutes', 'seconds'] as const;
const SIGNED: ReadonlySet<string> = new Set(['pct', 'eokKrw']);

/** What an event is about; empty: about nothing in particular. */
function subjectOf(event: ScenarioEvent, language: Language): string {
  if ('target' in event) {
    const { target } = event;
    if (target === 'all') return valueName('all', language);
    return 'market' in target ? valueName(target.market, language) : issueName(target.issue);
  }
  if ('issue' in event && event.issue !== undefined) return issueName(event.issue);
  return 'market' in event ? valueName(event.market, language) : '';
}

/** "추세 전체 −5 % 20분". */
export function eventWords(event: ScenarioEvent, language: Language): string {
  const fields = event as unknown as Readonly<Record<string, unknown>>;
  const figures = FIGURES.flatMap((name) => {
    const value = fields[name];
    if (typeof value !== 'number') return [];
    return [`${SIGNED.has(name) ? signedPart(value) : String(value)}${unitName(name, language)}`];
  });
  const side = typeof fields['side'] === 'string' ? [valueName(fields['side'], language)] : [];
  const title = event.kind === 'news' ? [event.title] : [];
  return [kindName(event.kind, language), subjectOf(event, language), ...side, ...figures, ...title]
    .filter((part) => part !== '')
    .join(' ');
}

/** −3.5 → "−3.5"; the sign as the screen writes it. */
function signedPart(value: number): string {
  return Number.isInteger(value) ? signed(value) : `${value > 0 ? '+' : '−'}${Math.abs(value)}`;
}

export function actorWords(actor: ScenarioActor, language: Language): string {
  return `${actor.name} · ${kindName(actor.kind, language)}`;
}

export function playWords(play: ArmedPlay, language: Language): string {
  return `${playName(play.play, language)} · ${valueName(play.severity, language)} · ${valueName(play.mode, language)}`;
}

export function criterionWords(criterion: ScenarioCriterion, language: Language): string {
  return `${criterion.name} · ${valueName(criterion.is, language)} ${criterion.value}`;
}
