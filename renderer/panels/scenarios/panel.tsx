/** Scenarios: the list, and the one that is open as timeline, form and text; its runs, results and versions. */
import { type JSX, type KeyboardEvent, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useClient, useWorkstation } from '../../client/context.tsx';
import { useScenarioAsked } from '../../store/scenario-asked.ts';
import { useText } from '../../text/index.ts';
import { Empty, Failed, Skeleton } from '../../ui/states.tsx';
import { ScenarioBanners } from './parts/banners.tsx';
import { ScenarioForm } from './parts/form.tsx';
import { SaveDialog, ScenarioHead } from './parts/head.tsx';
import { createNew, ScenarioList } from './parts/list.tsx';
import { Problems } from './parts/problems.tsx';
import { ResultsView } from './parts/results.tsx';
import { RunView, startRun } from './parts/run.tsx';
import { useScenarioLine } from './parts/scenario-line.ts';
import { Timeline } from './parts/timeline.tsx';
import { Versions } from './parts/versions.tsx';
import { YamlEditor } from './parts/yaml.tsx';
import { PlayOnScreen } from './parts/play.tsx';
import { isShipped, useScenarios, type OpenScenario } from './slice.ts';

/** Timeline, form and text of the open scenario, always of the same document. */
function Editor({ open }: { readonly open: OpenScenario }): JSX.Element {
  const t = useText();
  const reading = useScenarios((state) => state.reading);
  const locked = isShipped(open.id);
  const { document, problems, whole, of } = reading;
  /** false: this text has not been read yet. */
  const isRead = of === open.text;
  const faulty = useMemo(
    () =>
      new Set(
        problems.flatMap(({ path, severity }) =>
          severity === 'error' && path[0] === 'events' && typeof path[1] === 'number' ? [path[1]] : [],
        ),
      ),
    [problems],
  );
  return (
    <div className="sc-edit">
      {document ? (
        <div className={whole ? 'sc-views' : 'sc-views old'}>
          {!whole && (
            <p className="sc-stale" role="status" data-testid="scen-stale">
              {t('scen.stale')}
            </p>
          )}
          <Timeline
            document={document}
            locked={locked || !whole}
            faulty={whole ? faulty : NO_FAULTS}
            onOpen={() =>
              window.document
                .querySelector<HTMLElement>('[data-testid="scen-form"] .sc-fields > .sc-row input, .sc-fields select')
                ?.focus()
            }
          />
          <ScenarioForm document={document} locked={locked || !whole} />
        </div>
      ) : !isRead ? (
        <Skeleton rows={8} />
      ) : (
        <Empty icon="doc" title={t('scen.cannotRead')} body={t('scen.cannotReadBody')} testId="scen-cannot-read" />
      )}
      <div className="sc-text">
        <YamlEditor text={open.text} document={document} whole={whole} problems={problems} locked={locked} />
        <Problems problems={problems} isRead={isRead} />
      </div>
    </div>
  );
}

const NO_FAULTS: ReadonlySet<number> = new Set();

function Body({ open }: { readonly open: OpenScenario }): JSX.Element {
  const view = useScenarios((state) => state.view);
  switch (view) {
    case 'edit':
      return <Editor open={open} />;
    case 'run':
      return <RunView open={open} />;
    case 'results':
      return <ResultsView open={open} />;
    case 'versions':
      return <Versions open={open} />;
  }
}

/**
 * Keeps the focus in the panel when what had it went away by its own press, such as a button of a notice or an entry that
 * was taken out: the keys of the panel then still work.
 */
function useHeldFocus(): RefObject<HTMLDivElement | null> {
  const root = useRef<HTMLDivElement>(null);
  const inside = useRef(false);
  useEffect(() => {
    const follow = (event: Event): void => {
      inside.current = event.target instanceof Node && root.current?.contains(event.target) === true;
    };
    window.addEventListener('focusin', follow);
    window.addEventListener('pointerdown', follow, true);
    return () => {
      window.removeEventListener('focusin', follow);
      window.removeEventListener('pointerdown', follow, true);
    };
  }, []);
  useEffect(
    () =>
      useScenarios.subscribe(() => {
        // Once the change is drawn.
        requestAnimationFrame(() => {
          if (inside.current && window.document.activeElement === window.document.body)
            root.current?.focus({ preventScroll: true });
        });
      }),
    [],
  );
  return root;
}

/** Does what an action of the palette asked for, once there is something to do it with. */
function useWishes(act: { readonly save: () => void; readonly play: () => void }): void {
  const workstation = useWorkstation();
  const line = useScenarioLine();
  const wish = useScenarios((state) => state.wish);
  const { save, play } = act;
  useEffect(() => {
    if (wish === null) return;
    useScenarios.setState({ wish: null });
    if (wish === 'new') void createNew(workstation, line);
    else if (wish === 'run') void startRun(workstation);
    else if (useScenarios.getState().open === null) return;
    else if (wish === 'save') save();
    else play();
  }, [wish, workstation, line, save, play]);
}

export function ScenariosPanel(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const { client } = useClient();
  const line = useScenarioLine();
  const open = useScenarios((state) => state.open);
  const opening = useScenarios((state) => state.opening);
  const failure = useScenarios((state) => state.failure);
  const readName = useScenarios(({ reading }) => reading.document?.name ?? null);
  const name = readName ?? t('scen.nameless');
  const [saving, setSaving] = useState(false);
  const [playing, setPlaying] = useState(false);
  const asked = useScenarioAsked((state) => state.id);
  useEffect(() => {
    if (asked === null) return;
    useScenarioAsked.setState({ id: null });
    void line.open(asked);
  }, [asked, line]);
  useEffect(() => line.follow(), [line, client]);
  useEffect(() => () => void line.flush(), [line]);
  const save = useCallback(() => {
    const { open: now, reading } = useScenarios.getState();
    if (now && !isShipped(now.id) && reading.whole && (now.version === 0 || now.text !== now.saved)) setSaving(true);
  }, []);
  const play = useCallback(() => setPlaying(true), []);
  useWishes({ save, play });
  const root = useHeldFocus();
  const keyDown = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.nativeEvent.isComposing) return;
    // Fields that are no part of the document take their own changes back.
    if ((event.target as HTMLElement).closest('[data-own-undo], .scrim')) return;
    const act =
      event.code === 'KeyZ'
        ? event.shiftKey
          ? () => line.redo()
          : () => line.undo()
        : event.code === 'KeyY'
          ? () => line.redo()
          : event.code === 'KeyS'
            ? save
            : event.key === 'Enter' && !event.shiftKey
              ? () => void startRun(workstation)
              : null;
    if (!act || open === null) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <div ref={root} className={open ? 'sc has' : 'sc'} tabIndex={-1} onKeyDownCapture={keyDown} data-testid="scenarios">
      <ScenarioList />
      <div className="sc-main">
        {failure ? (
          <Failed error={failure.error} onRetry={() => void line.open(failure.id)} testId="scen-failed" />
        ) : open ? (
          <>
            <ScenarioHead open={open} name={name} onSave={save} onRun={() => void startRun(workstation)} />
            <ScenarioBanners open={open} name={name} />
            <Body open={open} key={open.id} />
          </>
        ) : opening !== null ? (
          <Skeleton rows={10} />
        ) : (
          <Empty icon="flask" title={t('scen.nothingOpen')} body={t('scen.nothingOpenBody')} testId="scen-nothing" />
        )}
      </div>
      {saving && <SaveDialog onClose={() => setSaving(false)} />}
      {playing && open && <PlayOnScreen open={open} name={name} onClose={() => setPlaying(false)} />}
    </div>
  );
}
