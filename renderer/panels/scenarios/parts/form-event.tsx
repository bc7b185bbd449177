/** The form of an event: when it begins, what it is about, how large it is and how long it lasts. */
import type { JSX } from 'react';
import type { ScenarioDocument, ScenarioEvent, ScenarioTarget } from '#shared/domain/index.ts';
import {
  fieldName,
  freeName,
  scenarioFields,
  valueName,
  type ScenarioChange,
  type ScenarioField,
} from '#shared/scenario/index.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { Segment, Select } from '../../../ui/controls.tsx';
import { ChoiceField, FigureField, FlagField, Row, TimeField, WordsField } from './fields.tsx';
import { IssueField } from './issue-field.tsx';
import { daysOf, tradesIssue } from './reading.ts';
import { eventWords } from './words.ts';

/** What the forms of parts are given. */
export interface FormProps {
  readonly document: ScenarioDocument;
  readonly locked: boolean;
  readonly change: (changes: readonly ScenarioChange[]) => void;
}

const targetKey = (target: ScenarioTarget): string =>
  target === 'all' ? 'all' : 'market' in target ? target.market : target.issue;
const targetOf = (key: string): ScenarioTarget =>
  key === 'all' ? 'all' : key === 'KOSPI' || key === 'KOSDAQ' ? { market: key } : { issue: key };

/** A field of any part by what the schema says of it. */
export function SchemaField(
  props: FormProps & {
    readonly field: ScenarioField;
    readonly value: unknown;
    readonly path: readonly (string | number)[];
    readonly testId: string;
    readonly words?: (choice: string | number) => string;
  },
): JSX.Element | null {
  const t = useText();
  const language = useView((state) => state.language);
  const { field, value, path, document, locked, testId } = props;
  const label = fieldName(field.name, language);
  const put = (next: unknown): void => props.change([{ path, value: next }]);
  switch (field.kind) {
    case 'whole':
    case 'number':
      return (
        <>
          <FigureField
            field={field}
            value={value as number | null | undefined}
            onValue={put}
            testId={testId}
            disabled={locked || value === null}
          />
          {field.nullable && (
            <FlagField
              label={t('scen.toTheEnd')}
              value={value === null}
              onValue={(on) => put(on ? null : 30)}
              testId={`${testId}-open`}
              disabled={locked}
            />
          )}
        </>
      );
    case 'choice':
      return (
        <ChoiceField
          field={field}
          value={value as string | number | undefined}
          onValue={put}
          testId={testId}
          disabled={locked}
          {...(props.words ? { words: props.words } : {})}
        />
      );
    case 'flag':
      return (
        <FlagField
          label={label}
          value={(value ?? field.usual) === true}
          onValue={put}
          testId={testId}
          disabled={locked}
        />
      );
    case 'time':
      return (
        <TimeField
          label={label}
          value={typeof value === 'string' ? value : ''}
          optional={field.optional}
          onValue={(next) => put(next === '' ? undefined : next)}
          testId={testId}
          disabled={locked}
        />
      );
    case 'issue':
      return (
        <IssueField
          label={label}
          document={document}
          value={typeof value === 'string' ? value : ''}
          {...(field.optional ? { more: [{ value: '', label: t('scen.none') }] } : {})}
          onCode={(code) =>
            props.change(
              code === '' ? [{ path, value: undefined }] : [...tradesIssue(document, code), { path, value: code }],
            )
          }
          testId={testId}
          disabled={locked}
        />
      );
    case 'text':
    case 'name':
      return (
        <WordsField
          label={label}
          value={typeof value === 'string' ? value : ''}
          optional={field.optional}
          longest={field.kind === 'name' ? 40 : field.longest}
          {...(field.kind === 'name'
            ? { fits: (text: string) => /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/.test(text), hint: t('scen.nameHint') }
            : {})}
          onValue={(next) => put(next === '' && field.optional ? undefined : next)}
          testId={testId}
          disabled={locked}
        />
      );
    case 'group':
      return null;
  }
}

/** A time of its day, or so long after another event. */
function WhenFields({
  event,
  index,
  document,
  locked,
  change,
}: FormProps & { readonly event: ScenarioEvent; readonly index: number }): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const path = ['events', index] as const;
  const days = daysOf(document);
  const others = document.events.flatMap((each, place) => (place === index ? [] : [{ each, place }]));
  /** The id of an event; one is given to it where it has none. */
  const nameIt = (place: number): { readonly id: string; readonly changes: readonly ScenarioChange[] } => {
    const given = document.events[place]?.id;
    if (given !== undefined) return { id: given, changes: [] };
    const id = freeName(
      document.events[place]?.kind ?? 'event',
      document.events.map((each) => each.id),
    );
    return { id, changes: [{ path: ['events', place, 'id'], value: id }] };
  };
  const follow = (place: number, seconds: number): void => {
    const { id, changes } = nameIt(place);
    change([
      ...changes,
      ...(event.at === undefined ? [] : [{ path: [...path, 'at'], value: undefined }]),
      ...(event.day === undefined ? [] : [{ path: [...path, 'day'], value: undefined }]),
      { path: [...path, 'after'], value: { event: id, seconds } },
    ]);
  };
  const [after] = event.after ? others.filter(({ each }) => each.id === event.after?.event) : [];
  const dayField = days > 1 && !event.after && (
    <FigureField
      field={{ name: 'day', kind: 'whole', min: 1, max: days, optional: true, nullable: false, usual: 1 }}
      value={event.day}
      onValue={(value) => change([{ path: [...path, 'day'], value: value ?? undefined }])}
      testId="scen-field-day"
      disabled={locked}
    />
  );
  if (event.kind === 'gap')
    return (
      <>
        {dayField}
        <p className="note">{t('scen.gapHint')}</p>
      </>
    );
  return (
    <>
      {dayField}
      {others.length > 0 && (
        <Row label={t('scen.begins')}>
          <Segment
            label={t('scen.begins')}
            choices={[
              { value: 'at', label: t('scen.atTime') },
              { value: 'after', label: t('scen.afterEvent') },
            ]}
            value={event.after ? 'after' : 'at'}
            disabled={locked}
            onChange={(way) => {
              if (way === 'after') follow(others[0]?.place ?? 0, 60);
              else
                change([
                  { path: [...path, 'after'], value: undefined },
                  { path: [...path, 'at'], value: '10:00' },
                ]);
            }}
            testId="scen-when"
          />
        </Row>
      )}
      {event.after ? (
        <>
          <Row label={fieldName('event', language)}>
            <Select
              label={fieldName('event', language)}
              value={after ? String(after.place) : ''}
              choices={[
                ...(after ? [] : [{ value: '', label: event.after.event }]),
                ...others.map(({ each, place }) => ({
                  value: String(place),
                  label: `${place + 1} ${eventWords(each, language)}`,
                })),
              ]}
              disabled={locked}
              onChange={(place) => follow(Number(place), event.after?.seconds ?? 0)}
              testId="scen-after-event"
            />
          </Row>
          <FigureField
            field={{
              name: 'seconds',
              kind: 'number',
              min: 0,
              max: 86_400,
              optional: false,
              nullable: false,
              usual: undefined,
            }}
            label={t('scen.afterSeconds')}
            value={event.after.seconds}
            onValue={(value) => change([{ path: [...path, 'after', 'seconds'], value }])}
            testId="scen-after-seconds"
            disabled={locked}
          />
        </>
      ) : (
        <TimeField
          label={fieldName('at', language)}
          value={event.at ?? ''}
          onValue={(value) => change([{ path: [...path, 'at'], value }])}
          testId="scen-field-at"
          disabled={locked}
        />
      )}
    </>
  );
}

const WHEN = new Set(['day', 'at', 'after']);

export function EventForm(props: FormProps & { readonly event: ScenarioEvent; readonly index: number }): JSX.Element {
  const language = useView((state) => state.language);
  const { event, index, document, locked, change } = props;
  const values = event as unknown as Readonly<Record<string, unknown>>;
  const fields = scenarioFields('events', event.kind).filter(({ name }) => !WHEN.has(name));
  // What the event does comes before what it is called.
  const ordered = [
    ...fields.filter(({ name }) => name !== 'id' && name !== 'note'),
    ...fields.filter(({ name }) => name === 'id' || name === 'note'),
  ];
  return (
    <>
      <WhenFields {...props} />
      {ordered.map((field) => {
        const path = ['events', index, field.name];
        if (field.name === 'target' && 'target' in event)
          return (
            <IssueField
              key={field.name}
              label={fieldName('target', language)}
              document={document}
              value={targetKey(event.target)}
              more={['all', 'KOSPI', 'KOSDAQ'].map((value) => ({ value, label: valueName(value, language) }))}
              onCode={(key) => {
                const target = targetOf(key);
                const needs = target !== 'all' && 'issue' in target ? tradesIssue(document, target.issue) : [];
                change([...needs, { path, value: target }]);
              }}
              testId="scen-field-target"
              disabled={locked}
            />
          );
        return (
          <SchemaField
            key={`${event.kind}-${field.name}`}
            {...props}
            field={field}
            value={values[field.name]}
            path={path}
            testId={`scen-field-${field.name}`}
          />
        );
      })}
    </>
  );
}
