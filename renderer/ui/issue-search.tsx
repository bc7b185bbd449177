/** A field that finds an issue: by name, code, initials or half-typed syllables, with the list below it. */
import type { JSX, KeyboardEvent, RefObject } from 'react';
import { useId, useMemo, useState } from 'react';
import type { Instrument } from '#shared/domain/index.ts';
import { useWorkstation } from '../client/context.tsx';
import { useMasterIssues } from '../client/master-issues.ts';
import { useIssueSearch } from '../client/nearness.ts';
import { learnInstrument, useInstruments } from '../store/instruments.ts';
import { useView } from '../store/view.ts';
import { useText } from '../text/index.ts';
import { Icon } from './icons.tsx';
import { ProductBadge } from './product-badge.tsx';

const SUGGESTIONS = 8;
/** Suggestions that only the symbol masters know, below the others. */
const FROM_MASTERS = 6;
/** What browsers say of a key that an input method has taken. */
const TAKEN_BY_IME = 'Process';

/** Recently found issues that are still known. */
function useRecents(): readonly Instrument[] {
  const recents = useView((state) => state.recents);
  const byId = useInstruments((state) => state.byId);
  return useMemo(() => recents.flatMap((id) => byId.get(id) ?? []).slice(0, SUGGESTIONS), [recents, byId]);
}

export function IssueSearch(props: {
  readonly label: string;
  readonly placeholder?: string;
  readonly onChoose: (instrument: Instrument) => void;
  /** Issues that have a mark already, such as those on the list; absent: no marks. */
  readonly has?: (id: string) => boolean;
  /** data-testid of the field. */
  readonly testId: string;
  /** data-testid of a suggestion is this, a dash and the issue. */
  readonly optionTestId: string;
  readonly autoFocus?: boolean;
  /** true: only listed issues, where nothing can be done with others. */
  readonly listed?: boolean;
  readonly inputRef?: RefObject<HTMLInputElement | null>;
  /** Escape in an empty field. */
  readonly onLeave?: () => void;
}): JSX.Element {
  const { onChoose, has } = props;
  const t = useText();
  const workstation = useWorkstation();
  const find = useIssueSearch();
  const recents = useRecents();
  const id = useId();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  const typed = query.trim() !== '';
  const near = useMemo(() => (typed ? find(query, SUGGESTIONS) : recents), [find, query, typed, recents]);
  const far = useMasterIssues(typed && props.listed !== true ? query : null, near, FROM_MASTERS);
  const found = useMemo(() => [...near, ...far], [near, far]);
  const shown = open && (typed || found.length > 0);
  const close = (): void => {
    setQuery('');
    setAt(0);
    setOpen(false);
  };
  const choose = (instrument: Instrument | undefined): void => {
    if (!instrument) return;
    learnInstrument(instrument);
    workstation.found(instrument.id);
    onChoose(instrument);
    close();
  };
  const keyDown = (event: KeyboardEvent): void => {
    // While a syllable is being composed its keys belong to the input method: Enter only ends the composition.
    if (event.nativeEvent.isComposing || event.key === TAKEN_BY_IME) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt((old) => (found.length === 0 ? 0 : (old + step + found.length) % found.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (shown) choose(found[at]);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (typed || open) close();
      else props.onLeave?.();
    }
  };
  const optionId = (index: number): string => `${id}-${index}`;
  return (
    <div className="finder">
      <span className="field">
        <Icon name="search" size="sm" />
        <input
          ref={props.inputRef}
          role="combobox"
          aria-label={props.label}
          aria-expanded={shown}
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={shown && found.length > 0 ? optionId(at) : undefined}
          placeholder={props.placeholder ?? t('watch.placeholder')}
          value={query}
          autoFocus={props.autoFocus}
          spellCheck={false}
          autoComplete="off"
          data-testid={props.testId}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
            setOpen(true);
          }}
          onClick={() => setOpen(true)}
          onKeyDown={keyDown}
          onBlur={close}
        />
      </span>
      <span className="sr" role="status">
        {shown && typed ? t('search.results', { count: found.length }) : ''}
      </span>
      <div className={shown ? 'menu here' : 'sr'} hidden={!shown}>
        {shown && found.length === 0 && <div className="sec">{t('search.none')}</div>}
        {shown && !typed && <div className="sec">{t('search.recent')}</div>}
        <div role="listbox" id={`${id}-list`} aria-label={props.label}>
          {shown &&
            found.map((instrument, index) => (
              <button
                key={instrument.id}
                id={optionId(index)}
                type="button"
                role="option"
                tabIndex={-1}
                aria-selected={index === at}
                className={index === at ? 'it on' : 'it'}
                data-testid={`${props.optionTestId}-${instrument.id}`}
                // Before the field loses the focus and the list goes away.
                onPointerDown={(event) => {
                  event.preventDefault();
                  choose(instrument);
                }}
              >
                <b>{instrument.nameKo}</b>
                <span className="mut">{instrument.code}</span>
                <span className="end mut">
                  <ProductBadge instrument={instrument} />
                  {has && <Icon name={has(instrument.id) ? 'check' : 'plus'} size="sm" />}
                </span>
              </button>
            ))}
        </div>
      </div>
    </div>
  );
}
