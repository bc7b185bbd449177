/** The form of what a scenario is called: name, what it is about, tags, and the sources of its figures. */
import type { JSX } from 'react';
import { fieldName } from '#shared/scenario/index.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { Row, WordsField } from './fields.tsx';
import type { FormProps } from './form-event.tsx';

const LONGEST_SUMMARY = 2_000;

export function AboutForm({ document, locked, change }: FormProps): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { name, summary, tags, sources } = document;
  const summaryLabel = fieldName('summary', language);
  return (
    <>
      <WordsField
        label={fieldName('name', language)}
        value={name}
        longest={80}
        optional={false}
        onValue={(value) => change([{ path: ['name'], value }])}
        testId="scen-name"
        disabled={locked}
      />
      <Row label={summaryLabel}>
        <span className="field area">
          <textarea
            aria-label={summaryLabel}
            rows={4}
            maxLength={LONGEST_SUMMARY}
            value={summary}
            readOnly={locked}
            data-testid="scen-summary"
            onChange={(event) =>
              change([{ path: ['summary'], value: event.target.value === '' ? undefined : event.target.value }])
            }
          />
        </span>
      </Row>
      <WordsField
        label={fieldName('tags', language)}
        value={tags.join(', ')}
        longest={null}
        optional
        fits={(text) => {
          const list = tagsOf(text);
          return list.length <= 20 && list.every((tag) => tag.length <= 30);
        }}
        hint={t('scen.tagsHint')}
        onValue={(text) => {
          const list = tagsOf(text);
          change([{ path: ['tags'], value: list.length === 0 ? undefined : list }]);
        }}
        testId="scen-tags"
        disabled={locked}
      />
      {sources.length > 0 && (
        <>
          <h3 className="sc-sub">{fieldName('sources', language)}</h3>
          <ul className="sc-sources">
            {sources.map((source, at) => (
              <li key={at}>
                {source.what}
                <span className="l">{source.from}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** "연습, 장애" → the tags, each once. */
function tagsOf(text: string): readonly string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '');
}
