/** All keys at a glance, and how to change them. */
import { type JSX, useEffect, useState } from 'react';
import { ACTION_ROOMS, type Action, useActions } from '../client/actions.tsx';
import { useDocument } from '../client/documents.ts';
import { useWorkstation } from '../client/context.tsx';
import { closeDialog } from '../store/overlay.ts';
import { type Translate, useText } from '../text/index.ts';
import { Dialog } from '../ui/dialog.tsx';
import { hasInitials, initialsOf } from '../ui/hangul.ts';
import { bind, type Bound, keyProblem, type KeyProblem } from './bindings.ts';
import { captureKeys } from './hotkeys.ts';

/** The one document that holds the user's keys. */
export const HOTKEYS_ID = 'main';

function wordsOf(problem: KeyProblem, t: Translate): string {
  return problem.kind === 'taken' ? t('keys.taken', { action: t(problem.by.label) }) : t(`keys.${problem.kind}`);
}

interface Asked {
  readonly action: Action;
  readonly keys: string | null;
  readonly problem: KeyProblem | null;
}

/** One action: its words, its key, and the key that is being chosen for it. */
function KeyRow(props: {
  readonly action: Action;
  readonly asked: Asked | null;
  readonly onAsk: () => void;
  readonly onTake: () => void;
  readonly onClear: () => void;
  readonly onLeave: () => void;
}): JSX.Element {
  const t = useText();
  const { action, asked } = props;
  return (
    <div className={asked ? 'on' : ''} data-testid={`key-row-${action.id}`}>
      <span>{t(action.label)}</span>
      <button type="button" className="kb" data-testid={`key-${action.id}`} onClick={props.onAsk}>
        {asked && asked.keys === null ? (
          t('keys.press')
        ) : (
          <kbd>{(asked?.keys ?? action.keys ?? '—').replaceAll('+', ' ')}</kbd>
        )}
        <span className="sr"> {t('keys.change', { action: t(action.label) })}</span>
      </button>
      {asked && (
        <p className="kask" role="alert">
          {asked.problem ? wordsOf(asked.problem, t) : t('keys.pressHint')}
          <span className="row">
            {asked.problem?.kind === 'taken' && asked.problem.by.id !== 'halt' && (
              <button type="button" className="btn" data-testid="key-take" onClick={props.onTake}>
                {t('keys.take')}
              </button>
            )}
            {action.keys !== null && action.id !== 'halt' && (
              <button type="button" className="btn" data-testid="key-clear" onClick={props.onClear}>
                {t('keys.clear')}
              </button>
            )}
            <button type="button" className="btn ghost" data-testid="key-leave" onClick={props.onLeave}>
              {t('keys.leaveIt')}
            </button>
          </span>
        </p>
      )}
    </div>
  );
}

/** Keys of the fields themselves, which stay as they are. */
function fixedKeys(t: Translate): readonly (readonly [string, string])[] {
  return [
    [t('keys.send'), 'Enter'],
    [t('keys.again'), 'Shift Enter'],
    [t('keys.leave'), 'Esc'],
    [t('keys.step'), '↑ ↓'],
    [t('keys.step5'), 'Shift ↑ ↓'],
    [t('keys.quantity'), '← →'],
  ];
}

export function ShortcutsDialog(): JSX.Element {
  const t = useText();
  const actions = useActions();
  const workstation = useWorkstation();
  const bound: Bound = useDocument('hotkeys', HOTKEYS_ID)?.keys ?? {};
  const [query, setQuery] = useState('');
  const [asked, setAsked] = useState<Asked | null>(null);
  const save = (next: (now: Bound) => Bound): void => {
    setAsked(null);
    workstation.documents
      .edit('hotkeys', HOTKEYS_ID, (body) => ({ keys: next(body?.keys ?? {}) }))
      .catch((error: unknown) => workstation.fail(error));
  };
  useEffect(() => {
    if (!asked || asked.problem) return;
    return captureKeys((keys) => {
      if (keys === 'Escape') {
        setAsked(null);
        return;
      }
      const problem = keyProblem(keys, asked.action, actions);
      if (problem) setAsked({ ...asked, keys, problem });
      else save((now) => bind(now, { action: asked.action, keys, from: null }));
    });
  });
  const wanted = query.trim().toLowerCase();
  const fits = (action: Action): boolean => {
    const label = t(action.label).toLowerCase();
    return label.includes(wanted) || (hasInitials(wanted) && initialsOf(label).includes(wanted));
  };
  return (
    <Dialog
      title={t('shortcuts.title')}
      closeLabel={t('common.close')}
      onClose={closeDialog}
      testId="shortcuts-dialog"
      className="wide"
      foot={
        <button
          type="button"
          className="btn"
          disabled={Object.keys(bound).length === 0}
          data-testid="keys-reset"
          onClick={() => save(() => ({}))}
        >
          {t('keys.reset')}
        </button>
      }
    >
      <input
        className="field"
        aria-label={t('keys.find')}
        placeholder={t('keys.find')}
        value={query}
        data-testid="keys-find"
        onChange={(event) => setQuery(event.target.value)}
      />
      {ACTION_ROOMS.map((room) => {
        const listed = actions.filter((action) => action.room === room && fits(action));
        if (listed.length === 0) return null;
        return (
          <section key={room} aria-label={t(`keys.room.${room}`)}>
            <h3 className="sec">{t(`keys.room.${room}`)}</h3>
            <div className="keys">
              {listed.map((action) => (
                <KeyRow
                  key={action.id}
                  action={action}
                  asked={asked?.action.id === action.id ? asked : null}
                  onAsk={() => setAsked({ action, keys: null, problem: null })}
                  onTake={() => {
                    if (asked?.problem?.kind !== 'taken' || asked.keys === null) return;
                    const taken = { action, keys: asked.keys, from: asked.problem.by };
                    save((now) => bind(now, taken));
                  }}
                  onClear={() => save((now) => bind(now, { action, keys: '', from: null }))}
                  onLeave={() => setAsked(null)}
                />
              ))}
            </div>
          </section>
        );
      })}
      <section aria-label={t('keys.room.fields')}>
        <h3 className="sec">{t('keys.room.fields')}</h3>
        <div className="keys">
          {fixedKeys(t).map(([label, keys]) => (
            <div key={label}>
              <span>{label}</span>
              <kbd>{keys}</kbd>
            </div>
          ))}
        </div>
      </section>
      <p className="note">{t('shortcuts.note')}</p>
    </Dialog>
  );
}
