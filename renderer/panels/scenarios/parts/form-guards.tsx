/** The forms of what guards a scenario: detectors with their figures, plays that stand ready, criteria, and labels. */
import type { JSX } from 'react';
import {
  DETECTOR_IDS,
  DetectorId,
  PLAY_IDS,
  PlayId,
  type ArmedPlay,
  type ScenarioCriterion,
  type ScenarioDocument,
  type ScenarioLabel,
} from '#shared/domain/index.ts';
import { fieldName, newCriterion, scenarioFields, valueName, type ScenarioChange } from '#shared/scenario/index.ts';
import { ALL_DETECTORS, playFacts } from '#shared/threats/index.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { IconButton, Select } from '../../../ui/controls.tsx';
import { ChoiceField, FigureField, FlagField, Row } from './fields.tsx';
import { SchemaField, type FormProps } from './form-event.tsx';
import { detectorName, playName } from './words.ts';

const isDetector = (value: unknown): value is DetectorId => DetectorId.safeParse(value).success;
const isPlay = (value: unknown): value is PlayId => PlayId.safeParse(value).success;

/** The armed ones as a list, also where all are. */
function armedOf({ detectors }: ScenarioDocument): readonly { readonly id: DetectorId }[] {
  return detectors === 'all' ? ALL_DETECTORS.map(({ id }) => ({ id })) : detectors;
}

/** Changes that arm a detector, or take it out. */
export function arming(document: ScenarioDocument, id: DetectorId, on: boolean): readonly ScenarioChange[] {
  const armed = armedOf(document);
  const next = on
    ? armed.some((each) => each.id === id)
      ? armed
      : [...armed, { id }]
    : armed.filter((each) => each.id !== id);
  return [{ path: ['detectors'], value: next }];
}

export function DetectorsForm({ document, locked, change }: FormProps): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { detectors } = document;
  const all = detectors === 'all';
  const armed = armedOf(document);
  return (
    <>
      <FlagField
        label={t('scen.allDetectors', { count: ALL_DETECTORS.length })}
        value={all}
        onValue={(on) => change([{ path: ['detectors'], value: on ? 'all' : ALL_DETECTORS.map(({ id }) => ({ id })) }])}
        testId="scen-detectors-all"
        disabled={locked}
      />
      <p className="note">{t(all ? 'scen.allDetectorsHint' : 'scen.someDetectorsHint', { count: armed.length })}</p>
      {ALL_DETECTORS.map((detector) => {
        const place = armed.findIndex(({ id }) => id === detector.id);
        const on = place >= 0;
        const params = !all && on ? (detectors[place]?.params ?? {}) : {};
        return (
          <details className="sc-det" key={detector.id}>
            <summary data-testid={`scen-detector-${detector.id}`}>
              {detectorName(detector.id, language)}
              <span className={on ? 'chip ok' : 'chip dis'}>{t(on ? 'scen.on' : 'scen.off')}</span>
            </summary>
            <p className="note">{language === 'ko' ? detector.formulaKo : detector.formulaEn}</p>
            <FlagField
              label={t('scen.armIt')}
              value={on}
              onValue={(next) => change(arming(document, detector.id, next))}
              testId={`scen-detector-${detector.id}-on`}
              disabled={locked}
            />
            {on &&
              detector.params.map((param) => (
                <FigureField
                  key={param.id}
                  field={{
                    name: param.id,
                    kind: 'number',
                    min: param.min,
                    max: param.max,
                    optional: true,
                    nullable: false,
                    usual: param.initial,
                  }}
                  label={language === 'ko' ? param.labelKo : param.labelEn}
                  unit={param.unit}
                  value={params[param.id]}
                  onValue={(value) => {
                    // With figures of one's own the list is written out.
                    const list: readonly ScenarioChange[] = all ? [{ path: ['detectors'], value: armed }] : [];
                    change([...list, { path: ['detectors', place, 'params', param.id], value: value ?? undefined }]);
                  }}
                  testId={`scen-detector-${detector.id}-${param.id}`}
                  disabled={locked}
                />
              ))}
          </details>
        );
      })}
    </>
  );
}

export function PlayForm(props: FormProps & { readonly play: ArmedPlay; readonly index: number }): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { play, index, locked, change } = props;
  const path = ['plays', index] as const;
  const on = play.on ?? [];
  const facts = playFacts(play.play);
  const values = play as unknown as Readonly<Record<string, unknown>>;
  return (
    <>
      <p className="note">{language === 'ko' ? facts.doesKo : facts.doesEn}</p>
      {scenarioFields('plays')
        .filter(({ name }) => name !== 'on' && (name !== 'confirmSeconds' || play.mode === 'confirm'))
        .map((field) => (
          <SchemaField
            key={field.name}
            {...props}
            field={field.name === 'confirmSeconds' ? field : { ...field, optional: false }}
            value={values[field.name]}
            path={[...path, field.name]}
            testId={`scen-play-${field.name}`}
            {...(field.name === 'play' ? { words: (id) => (isPlay(id) ? playName(id, language) : String(id)) } : {})}
          />
        ))}
      <Row label={fieldName('on', language)} hint={on.length === 0 ? t('scen.onAll') : undefined}>
        <div className="sc-chips">
          {on.map((id, at) => (
            <span className="chip line" key={id}>
              {detectorName(id, language)}
              <IconButton
                icon="x"
                size="sm"
                label={t('scen.removeOn', { name: detectorName(id, language) })}
                disabled={locked}
                onClick={() =>
                  change([
                    on.length === 1
                      ? { path: [...path, 'on'], value: undefined }
                      : { path: [...path, 'on', at], value: undefined },
                  ])
                }
              />
            </span>
          ))}
          <Select
            label={t('scen.addOn')}
            value=""
            choices={[
              { value: '', label: t('scen.addOn') },
              ...DETECTOR_IDS.filter((id) => !on.includes(id)).map((id) => ({
                value: id,
                label: detectorName(id, language),
              })),
            ]}
            disabled={locked}
            onChange={(id) => {
              if (isDetector(id)) change([{ path: [...path, 'on'], value: [...on, id] }]);
            }}
            testId="scen-play-on"
          />
        </div>
      </Row>
    </>
  );
}

export function CriterionForm(
  props: FormProps & { readonly criterion: ScenarioCriterion; readonly index: number },
): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { criterion, index, document, locked, change } = props;
  const path = ['criteria', index] as const;
  const [name, measure, of, is, value] = ['name', 'measure', 'of', 'is', 'value'].map((each) =>
    scenarioFields('criteria').find((field) => field.name === each),
  );
  const ofWhat = criterion.measure === 'secondsToDetect' ? DETECTOR_IDS : PLAY_IDS;
  const takesOf = criterion.measure === 'secondsToDetect' || criterion.measure === 'playsRun';
  return (
    <>
      {name && (
        <SchemaField
          {...props}
          field={name}
          value={criterion.name}
          path={[...path, 'name']}
          testId="scen-criterion-name"
        />
      )}
      {measure && (
        <ChoiceField
          field={measure}
          value={criterion.measure}
          onValue={(next) => {
            const chosen = measure.choices.find((each) => each === next) as ScenarioCriterion['measure'] | undefined;
            if (chosen) change([{ path: [...path], value: newCriterion(chosen, criterion.name, document) }]);
          }}
          testId="scen-criterion-measure"
          disabled={locked}
        />
      )}
      {of && takesOf && (
        <ChoiceField
          field={{ name: 'of', choices: ofWhat, optional: false }}
          value={criterion.of}
          words={(id) =>
            isDetector(id) ? detectorName(id, language) : isPlay(id) ? playName(id, language) : String(id)
          }
          onValue={(next) => change([{ path: [...path, 'of'], value: next }])}
          testId="scen-criterion-of"
          disabled={locked}
        />
      )}
      {is && (
        <ChoiceField
          field={is}
          value={criterion.is}
          words={(word) => valueName(String(word), language)}
          onValue={(next) => change([{ path: [...path, 'is'], value: next }])}
          testId="scen-criterion-is"
          disabled={locked}
        />
      )}
      {value && (
        <FigureField
          field={value}
          value={criterion.value}
          onValue={(next) => change([{ path: [...path, 'value'], value: next }])}
          testId="scen-criterion-value"
          disabled={locked}
        />
      )}
      <p className="note">{t('scen.criterionHint')}</p>
    </>
  );
}

export function LabelForm(props: FormProps & { readonly label: ScenarioLabel; readonly index: number }): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { label, index } = props;
  const values = label as unknown as Readonly<Record<string, unknown>>;
  return (
    <>
      {scenarioFields('labels').map((field) => (
        <SchemaField
          key={field.name}
          {...props}
          field={field.name === 'detector' ? { ...field, optional: false } : field}
          value={values[field.name]}
          path={['labels', index, field.name]}
          testId={`scen-label-${field.name}`}
          {...(field.name === 'detector'
            ? { words: (id) => (isDetector(id) ? detectorName(id, language) : String(id)) }
            : {})}
        />
      ))}
      <p className="note">{t('scen.labelHint')}</p>
    </>
  );
}
