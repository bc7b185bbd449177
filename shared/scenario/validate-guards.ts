/** Looks at what guards a scenario: detectors that are armed, their figures, plays, and labels of what should be seen. */
import type { DetectorId, PlayId, ScenarioDocument } from '../domain/index.ts';
import type { Tell } from './validate-terms.ts';

/** A detector as far as a scenario can set it; as the detectors of shared/threats are. */
export interface KnownDetector {
  readonly id: DetectorId;
  readonly params: readonly {
    readonly id: string;
    readonly labelKo: string;
    readonly labelEn: string;
    readonly min: number;
    readonly max: number;
  }[];
}

/** Plays that end trading, by which `secondsToHalt` is measured. */
const HALTING: PlayId = 'P7';

/** Armed detectors and their figures, plays that wait for something, labels and criteria that can be met. */
export function checkGuards(document: ScenarioDocument, known: readonly KnownDetector[] | undefined, tell: Tell): void {
  const { detectors, plays, labels, criteria } = document;
  const armed = detectors === 'all' ? null : new Set<string>(detectors.map(({ id }) => id));
  const byId = known && new Map(known.map((each) => [each.id as string, each]));
  checkFigures(document, byId, tell);
  plays.forEach(({ on, play, severity }, place) => {
    if (on?.length === 0)
      tell(
        ['plays', place, 'on'],
        ['대응을 깨울 감지기를 적거나 on을 지우세요(지우면 모든 감지기).', "Name detectors, or remove 'on' for all."],
      );
    on?.forEach((id, at) => {
      if (armed && !armed.has(id))
        tell(
          ['plays', place, 'on', at],
          [`${id}은(는) 켜 두지 않은 감지기입니다. detectors에 넣으세요.`, `${id} is not armed: add it to detectors.`],
          'warning',
        );
    });
    const twin = plays
      .slice(0, place)
      .some((each) => each.play === play && each.severity === severity && same(each.on, on));
    if (twin)
      tell(
        ['plays', place],
        [`같은 대응 ${play}이(가) 두 번 있습니다. 하나를 지우세요.`, `${play} stands here twice: remove one.`],
        'warning',
      );
  });
  labels.forEach(({ detector, required }, place) => {
    if (byId && !byId.has(detector))
      tell(['labels', place, 'detector'], [`없는 감지기입니다: ${detector}`, `There is no such detector: ${detector}`]);
    else if (armed && required && !armed.has(detector))
      tell(
        ['labels', place, 'detector'],
        [
          `${detector}은(는) 켜 두지 않아 감지되지 않습니다. detectors에 넣으세요.`,
          `${detector} is not armed and cannot be seen: add it to detectors.`,
        ],
        'warning',
      );
  });
  criteria.forEach(({ measure, of }, place) => {
    if (measure === 'secondsToHalt' && !plays.some(({ play }) => play === HALTING))
      tell(
        ['criteria', place, 'measure'],
        [
          `매매를 중지하는 대응(${HALTING})이 없어 잴 수 없습니다. plays에 넣으세요.`,
          `No play halts trading (${HALTING}): add it to plays.`,
        ],
        'warning',
      );
    if (measure === 'playsRun' && of !== undefined && !plays.some(({ play }) => play === of))
      tell(
        ['criteria', place, 'of'],
        [`${of}은(는) 준비하지 않은 대응입니다. plays에 넣으세요.`, `${of} is not armed: add it to plays.`],
        'warning',
      );
  });
}

const same = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  [...(a ?? [])].sort().join() === [...(b ?? [])].sort().join() && (a === undefined) === (b === undefined);

function checkFigures(
  { detectors }: ScenarioDocument,
  byId: ReadonlyMap<string, KnownDetector> | undefined,
  tell: Tell,
): void {
  if (detectors === 'all') return;
  const seen = new Set<string>();
  detectors.forEach(({ id, params }, place) => {
    const path = ['detectors', place] as const;
    if (seen.has(id))
      tell(
        [...path, 'id'],
        [`감지기 ${id}이(가) 두 번 있습니다. 하나를 지우세요.`, `${id} stands here twice: remove one.`],
      );
    seen.add(id);
    if (!byId) return;
    const detector = byId.get(id);
    if (!detector) {
      tell([...path, 'id'], [`없는 감지기입니다: ${id}`, `There is no such detector: ${id}`]);
      return;
    }
    for (const [name, value] of Object.entries(params)) {
      const param = detector.params.find((each) => each.id === name);
      if (!param)
        tell(
          [...path, 'params', name],
          [
            `${id}에는 '${name}'이라는 수치가 없습니다. 있는 것: ${detector.params.map((each) => each.id).join(', ')}`,
            `${id} has no figure '${name}'. It has: ${detector.params.map((each) => each.id).join(', ')}`,
          ],
        );
      else if (value < param.min || value > param.max)
        tell(
          [...path, 'params', name],
          [
            `${param.labelKo}은(는) ${param.min}부터 ${param.max}까지입니다. 지금: ${value}`,
            `${param.labelEn} goes from ${param.min} to ${param.max}, and is ${value}.`,
          ],
        );
    }
  });
}
