/** What has to be mended, in sentences; each leads to its line. */
import type { JSX } from 'react';
import type { ScenarioProblem } from '#shared/scenario/index.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { Icon } from '../../../ui/icons.tsx';
import { choosePart, PARTS, showLine } from '../slice.ts';

/** Shows the place of a problem: its line, and its part in the form. */
function go({ line, path }: ScenarioProblem): void {
  const [root, index] = path;
  const name = PARTS.find((each) => each === root);
  if (name) choosePart({ name, index: typeof index === 'number' ? index : -1 });
  showLine(line ?? 1);
}

export function Problems(props: {
  readonly problems: readonly ScenarioProblem[];
  /** false: they are those of an earlier text, and the one that is written now is still being read. */
  readonly isRead: boolean;
}): JSX.Element {
  const { problems, isRead } = props;
  const t = useText();
  const language = useView((state) => state.language);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return (
    <section className="sc-problems" aria-label={t('scen.problems')}>
      <div className="sc-phead" role="status" data-testid="scen-verdict">
        {!isRead ? (
          <span className="l">{t('scen.reading')}</span>
        ) : problems.length === 0 ? (
          <span className="okc">
            <Icon name="check" size="sm" /> {t('scen.noProblems')}
          </span>
        ) : (
          <span className={errors > 0 ? 'highc' : 'midc'}>
            <Icon name="warn" size="sm" />{' '}
            {errors > 0 ? t('scen.errors', { count: errors }) : t('scen.warnings', { count: problems.length })}
          </span>
        )}
      </div>
      {problems.length > 0 && (
        <ul>
          {problems.map((problem, at) => (
            <li key={at}>
              <button
                type="button"
                className={problem.severity === 'error' ? 'e' : 'w'}
                data-testid={`scen-problem-${at}`}
                onClick={() => go(problem)}
              >
                <span className="num l">
                  {problem.line === null ? t('scen.wholeText') : t('scen.lineNth', { line: problem.line })}
                </span>
                <span>{problem[language]}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
