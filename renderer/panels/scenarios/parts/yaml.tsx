/** The text of the scenario in colours: line numbers, marks on what has to be mended, and the lines of the chosen part. */
import { type JSX, type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { SCENARIO_SIZE_LIMIT, type ScenarioDocument } from '#shared/domain/index.ts';
import type { ScenarioProblem } from '#shared/scenario/index.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { choosePart, useScenarios } from '../slice.ts';
import { linesOfPart, LONG_TEXT, partAtLine } from './reading.ts';
import { useScenarioLine } from './scenario-line.ts';
import { YamlPaint } from './yaml-paint.tsx';

/** Height of a line, pixels; as in the style. */
const LINE_PX = 18;
/** Room above the first line, pixels; as in the style. */
const TOP_PX = 6;
/** Marks at once. */
const MARKS = 100;

/** Line of a place in a text, from 1. */
const lineAt = (text: string, place: number): number => text.slice(0, place).split('\n').length;

export function YamlEditor(props: {
  readonly text: string;
  readonly document: ScenarioDocument | null;
  /** false: the text cannot be read as it stands. */
  readonly whole: boolean;
  readonly problems: readonly ScenarioProblem[];
  readonly locked: boolean;
}): JSX.Element {
  const t = useText();
  const line = useScenarioLine();
  const language = useView((state) => state.language);
  const part = useScenarios((state) => state.part);
  const asked = useScenarios((state) => state.line);
  const area = useRef<HTMLTextAreaElement>(null);
  const [place, setPlace] = useState({ top: 0, left: 0, height: 0 });
  const { top } = place;
  const { text, document, whole, problems, locked } = props;
  const count = useMemo(() => text.split('\n').length, [text]);
  // Only the lines in view are numbered and coloured.
  const first = Math.max(0, Math.floor((top - TOP_PX) / LINE_PX));
  const seen = Math.ceil(place.height / LINE_PX) + 1;
  const numbers = useMemo(
    () => Array.from({ length: Math.max(0, Math.min(seen, count - first)) }, (_, at) => first + at + 1).join('\n'),
    [count, first, seen],
  );
  const isShort = text.length <= LONG_TEXT;
  const lit = useMemo(() => (whole && isShort ? linesOfPart(text, part) : null), [text, part, whole, isShort]);
  const marks = useMemo(() => problems.filter((problem) => problem.line !== null).slice(0, MARKS), [problems]);
  const faults = useMemo(
    () => new Map(marks.toReversed().map(({ line: at, severity }) => [at ?? 1, severity] as const)),
    [marks],
  );
  /** The caret of a change that the editor makes itself, to be set once the text is there. */
  const caret = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (caret.current === null || !area.current) return;
    area.current.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [text]);
  useEffect(() => {
    const box = area.current;
    if (!box) return;
    const watch = new ResizeObserver(() => setPlace((now) => ({ ...now, height: box.clientHeight })));
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  // A line that was asked for: brought into view, with the caret in it.
  useEffect(() => {
    const box = area.current;
    if (!box || asked.at < 1) return;
    const lines = box.value.split('\n');
    const place = lines.slice(0, asked.at - 1).join('\n').length + (asked.at > 1 ? 1 : 0);
    box.focus();
    box.setSelectionRange(place, place + (lines[asked.at - 1]?.length ?? 0));
    box.scrollTop = Math.max(0, (asked.at - 1) * LINE_PX - box.clientHeight / 3);
  }, [asked]);
  // The chosen part comes into view without taking the focus.
  const litFrom = lit?.from;
  useEffect(() => {
    const box = area.current;
    if (!box || litFrom === undefined || box === window.document.activeElement) return;
    const at = (litFrom - 1) * LINE_PX;
    if (at < box.scrollTop || at > box.scrollTop + box.clientHeight - 3 * LINE_PX)
      box.scrollTop = Math.max(0, at - box.clientHeight / 3);
  }, [litFrom]);
  const follow = (): void => {
    const box = area.current;
    if (!box || !document || !whole || !isShort || box.selectionStart !== box.selectionEnd) return;
    const found = partAtLine(text, lineAt(text, box.selectionStart), document);
    const now = useScenarios.getState().part;
    if (found && (found.name !== now.name || found.index !== now.index)) choosePart(found);
  };
  const keyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || locked) return;
    // A new line begins where the one before it begins.
    const { selectionStart, selectionEnd } = event.currentTarget;
    const begin = text.lastIndexOf('\n', selectionStart - 1) + 1;
    const indent = /^ */.exec(text.slice(begin, selectionStart))?.[0] ?? '';
    if (indent === '') return;
    event.preventDefault();
    caret.current = selectionStart + 1 + indent.length;
    line.write(`${text.slice(0, selectionStart)}\n${indent}${text.slice(selectionEnd)}`, 'yaml');
  };
  return (
    <section className="sc-yaml" aria-label={t('scen.yaml')}>
      <div className="code">
        <div className="gutter" aria-hidden="true">
          <div className="in" style={{ transform: `translateY(${-top}px)` }}>
            {lit && (
              <i
                className="lit"
                style={{ top: TOP_PX + (lit.from - 1) * LINE_PX, height: (lit.to - lit.from + 1) * LINE_PX }}
              />
            )}
            {marks.map((problem, at) => (
              <i
                key={at}
                className={problem.severity === 'error' ? 'mark' : 'mark warn'}
                title={problem[language]}
                style={{ top: TOP_PX + ((problem.line ?? 1) - 1) * LINE_PX }}
              />
            ))}
            <pre style={{ top: first * LINE_PX }}>{numbers}</pre>
          </div>
        </div>
        <div className="page">
          {lit && (
            <i
              className="lit"
              aria-hidden="true"
              style={{
                top: TOP_PX + (lit.from - 1) * LINE_PX,
                height: (lit.to - lit.from + 1) * LINE_PX,
                transform: `translateY(${-top}px)`,
              }}
            />
          )}
          {marks.map((problem, at) => (
            <i
              key={at}
              aria-hidden="true"
              className={problem.severity === 'error' ? 'bad' : 'bad warn'}
              style={{ top: TOP_PX + ((problem.line ?? 1) - 1) * LINE_PX, transform: `translateY(${-top}px)` }}
            />
          ))}
          {isShort && (
            <YamlPaint
              text={text}
              first={first}
              count={seen}
              linePx={LINE_PX}
              topPx={TOP_PX}
              top={top}
              left={place.left}
              faults={faults}
            />
          )}
          <textarea
            ref={area}
            className={isShort ? 'mono painted' : 'mono'}
            aria-label={t('scen.yaml')}
            aria-invalid={problems.some(({ severity }) => severity === 'error')}
            wrap="off"
            spellCheck={false}
            autoComplete="off"
            readOnly={locked}
            value={text}
            data-testid="scen-yaml"
            onChange={(event) => line.write(event.target.value, 'yaml')}
            onPaste={(event) => {
              // A text without an end is not even put into the field, which would stand still over it.
              const more = event.clipboardData.getData('text/plain').length;
              const { selectionStart, selectionEnd } = event.currentTarget;
              if (text.length - (selectionEnd - selectionStart) + more <= SCENARIO_SIZE_LIMIT) return;
              event.preventDefault();
              line.refuseLong();
            }}
            onScroll={({ currentTarget: { scrollTop, scrollLeft } }) =>
              setPlace((now) => ({ ...now, top: scrollTop, left: scrollLeft }))
            }
            onKeyDown={keyDown}
            onKeyUp={(event) => {
              if (event.key.startsWith('Arrow') || event.key.startsWith('Page')) follow();
            }}
            onClick={follow}
          />
        </div>
      </div>
      <div className="sc-foot l">
        <span data-testid="scen-equal">{t(whole ? 'scen.equal' : 'scen.notEqual')}</span>
        <span className="sp" />
        <span className="num">{t('scen.lines', { count })}</span>
      </div>
    </section>
  );
}
