/** Picks an issue and one of its real days, and plays it. */
import type { JSX } from 'react';
import { useEffect, useMemo, useState } from 'react';
import type { Instrument } from '#shared/domain/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { useClient, useWorkstation } from '../../client/context.tsx';
import { searchInstruments } from '../../client/instrument-search.ts';
import { type Workstation, wordsOf } from '../../client/workstation.ts';
import { useCore } from '../../store/core.ts';
import { useInstruments } from '../../store/instruments.ts';
import { closeDialog, openDialog } from '../../store/overlay.ts';
import { useView } from '../../store/view.ts';
import { useText } from '../../text/index.ts';
import { Segment, TextField } from '../../ui/controls.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { changePercent, dateLong, direction, number, volumeShort } from '../../ui/format.ts';
import { recordedOn } from './parts/recorded.ts';
import { SeedField, seedOf } from './parts/seed-field.tsx';

const MATCHES = 6;
const DAYS = 2_000;

/** What is replayed beside the issue in front. */
type Together = 'alone' | 'watch' | 'market';
const TOGETHER: readonly Together[] = ['alone', 'watch', 'market'];

interface Day {
  readonly date: string;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly suspended: boolean;
}

/** An answer names its issue, so that an older one is not shown for a newer question. */
type DaysState =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly of: string; readonly days: readonly Day[] }
  | { readonly state: 'failed'; readonly of: string; readonly error: ErrorEnvelope };

const LOADING: DaysState = { state: 'loading' };

function useDays(instrumentId: string | null): DaysState {
  const { client, era } = useClient();
  const [days, setDays] = useState<DaysState>(LOADING);
  useEffect(() => {
    if (!client || instrumentId === null) return;
    const abort = new AbortController();
    client.simulation
      .replayDays({ instrumentId, limit: DAYS }, { signal: abort.signal })
      .then((list) => setDays({ state: 'ready', of: instrumentId, days: list }))
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setDays({ state: 'failed', of: instrumentId, error: wordsOf(error) });
      });
    return () => abort.abort();
  }, [client, era, instrumentId]);
  return days.state !== 'loading' && days.of === instrumentId ? days : LOADING;
}

function DayTable(props: {
  readonly days: readonly Day[];
  readonly chosen: string | null;
  readonly onChoose: (date: string) => void;
}): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { days } = props;
  return (
    <div className="days" data-testid="replay-days">
      <table>
        <thead>
          <tr>
            <th>{t('col.date')}</th>
            <th className="r">{t('chart.o')}</th>
            <th className="r">{t('chart.h')}</th>
            <th className="r">{t('chart.l')}</th>
            <th className="r">{t('chart.c')}</th>
            <th className="r">{t('col.change')}</th>
            <th className="r">{t('chart.volume')}</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day, at) => {
            const before = days[at + 1];
            const change = before ? day.close - before.close : null;
            return (
              <tr
                key={day.date}
                className={day.suspended ? 'off' : day.date === props.chosen ? 'on' : ''}
                aria-selected={day.date === props.chosen}
                tabIndex={day.suspended ? -1 : 0}
                data-testid={`replay-day-${day.date}`}
                onClick={() => !day.suspended && props.onChoose(day.date)}
                onKeyDown={(event) => {
                  if (event.key === 'Enter' && !day.suspended) props.onChoose(day.date);
                }}
              >
                <td className="num">{dateLong(day.date, language)}</td>
                {day.suspended ? (
                  <td colSpan={6}>{t('replay.suspended')}</td>
                ) : (
                  <>
                    <td className="r num">{number(day.open)}</td>
                    <td className="r num">{number(day.high)}</td>
                    <td className="r num">{number(day.low)}</td>
                    <td className="r num">{number(day.close)}</td>
                    <td className={`r num ${direction(change)}`}>
                      {before && change !== null ? changePercent(change, before.close) : ''}
                    </td>
                    <td className="r num">{volumeShort(day.volume)}</td>
                  </>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Matches({
  found,
  onPick,
}: {
  readonly found: readonly Instrument[];
  readonly onPick: (instrument: Instrument) => void;
}): JSX.Element {
  const t = useText();
  return (
    <div className="pick" role="listbox" aria-label={t('replay.issue')}>
      {found.length === 0 && <div className="sec">{t('search.none')}</div>}
      {found.map((instrument) => (
        <button
          key={instrument.id}
          type="button"
          role="option"
          aria-selected={false}
          className="it"
          data-testid={`replay-pick-${instrument.id}`}
          onClick={() => onPick(instrument)}
        >
          <b>{instrument.nameKo}</b>
          <span className="mut">{instrument.code}</span>
          <span className="end mut">{t(`market.${instrument.market}`)}</span>
        </button>
      ))}
    </div>
  );
}

interface Play {
  readonly workstation: Workstation;
  readonly instrumentId: string;
  readonly date: string;
  readonly seed: number;
  readonly vi: boolean;
  readonly together: Together;
  readonly others: readonly string[];
}

/** Starts the day; of the watchlist only the issues that have a record of it. */
async function play(wish: Play): Promise<void> {
  const { workstation, together, instrumentId, date, seed, vi, others } = wish;
  const beside =
    together === 'watch'
      ? await workstation.act((client) => recordedOn(client, { instrumentIds: others, date }))
      : together;
  // The line was lost; that has been told.
  if (beside === null) return;
  await workstation.market.begin({
    mode: 'replay',
    instrumentId,
    date,
    seed,
    ...(beside === 'alone' ? {} : { others: beside === 'market' ? beside : [...beside] }),
    ...(vi ? { vi } : {}),
  });
}

export function ReplayDialog(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const { list, byId } = useInstruments();
  const viewed = useView((state) => state.instrumentId);
  const currentSeed = useCore((state) => state.status?.plan.seed ?? 0);
  const [instrumentId, setInstrumentId] = useState<string | null>(viewed);
  const [query, setQuery] = useState<string | null>(null);
  const [date, setDate] = useState<string | null>(null);
  const [seedText, setSeedText] = useState(String(currentSeed));
  const watchlist = useView((state) => state.watchlist);
  const [together, setTogether] = useState<Together>('alone');
  const [vi, setVi] = useState(false);
  const days = useDays(instrumentId);
  const others = watchlist.filter((id) => id !== instrumentId);
  const instrument = instrumentId === null ? undefined : byId.get(instrumentId);
  const found = useMemo(
    () => (query === null || query.trim() === '' ? [] : searchInstruments(list, query, MATCHES)),
    [list, query],
  );
  const seed = seedOf(seedText);
  const pick = (next: Instrument): void => {
    setInstrumentId(next.id);
    setQuery(null);
    setDate(null);
  };
  const start = (): void => {
    if (instrumentId === null || date === null || seed === null) return;
    closeDialog();
    workstation.watchlists.watch(instrumentId);
    void play({ workstation, instrumentId, date, seed, vi, together, others }).then(() =>
      workstation.select(instrumentId),
    );
  };
  return (
    <Dialog
      title={t('plan.openReplay')}
      closeLabel={t('common.close')}
      onClose={closeDialog}
      testId="replay-dialog"
      className="wide"
      foot={
        <>
          <span className="l">{t('plan.expire')}</span>
          <span className="sp" />
          <button
            type="button"
            className="btn pri lg"
            disabled={instrumentId === null || date === null || seed === null}
            onClick={start}
            data-testid="replay-start"
          >
            {t('plan.start')}
          </button>
        </>
      }
    >
      <div className="row">
        <span className="l">{t('replay.issue')}</span>
        <TextField
          label={t('replay.issue')}
          icon="search"
          autoFocus
          text={query ?? (instrument ? `${instrument.nameKo} ${instrument.code}` : '')}
          placeholder={t('watch.placeholder')}
          onText={setQuery}
          onEnter={() => {
            const [first] = found;
            if (first) pick(first);
          }}
          testId="replay-search"
        />
      </div>
      {query !== null && query.trim() !== '' && <Matches found={found} onPick={pick} />}
      {instrumentId !== null && days.state === 'loading' && <p role="status">{t('replay.loading')}</p>}
      {days.state === 'failed' && (
        <p className="err" role="alert">
          {days.error.messageKo} {days.error.actionKo} ({days.error.code})
        </p>
      )}
      {days.state === 'ready' && days.days.length === 0 && (
        <div role="status" data-testid="replay-empty">
          <p>{t('replay.none')}</p>
          <button type="button" className="btn" onClick={() => openDialog('import')}>
            {t('import.title')}
          </button>
        </div>
      )}
      {days.state === 'ready' && days.days.length > 0 && (
        <>
          <DateJump days={days.days} onDate={setDate} chosen={date} />
          <DayTable days={days.days} chosen={date} onChoose={setDate} />
        </>
      )}
      <div className="row">
        <span className="l">{t('replay.others')}</span>
        <Segment
          label={t('replay.others')}
          choices={TOGETHER.map((value) => ({
            value,
            label: t(`replay.others.${value}`, { count: number(others.length) }),
            disabled: value === 'watch' && others.length === 0,
          }))}
          value={together}
          onChange={setTogether}
          testId="replay-others"
        />
      </div>
      <p className="note">{t(`replay.others.${together}.hint`)}</p>
      <div className="row">
        <span className="l">{t('replay.vi')}</span>
        <Segment
          label={t('replay.vi')}
          choices={[
            { value: 'off', label: t('replay.viOff') },
            { value: 'on', label: t('replay.viOn'), title: t('replay.viHint') },
          ]}
          value={vi ? 'on' : 'off'}
          onChange={(value) => setVi(value === 'on')}
          testId="replay-vi"
        />
      </div>
      {vi && <p className="note">{t('replay.viHint')}</p>}
      <SeedField text={seedText} onText={setSeedText} />
    </Dialog>
  );
}

/** A typed date goes straight to its row. */
function DateJump(props: {
  readonly days: readonly Day[];
  readonly chosen: string | null;
  readonly onDate: (date: string | null) => void;
}): JSX.Element {
  const t = useText();
  const [text, setText] = useState('');
  const known = (value: string): boolean => props.days.some((day) => day.date === value && !day.suspended);
  const type = (value: string): void => {
    setText(value);
    if (!known(value)) return;
    props.onDate(value);
    document.querySelector(`[data-testid="replay-day-${value}"]`)?.scrollIntoView({ block: 'center' });
  };
  return (
    <div className="row">
      <span className="l">{t('col.date')}</span>
      <TextField
        label={t('col.date')}
        text={known(text) || text === '' ? (props.chosen ?? '') : text}
        placeholder={t('replay.datePlaceholder')}
        maxLength={10}
        invalid={text.length === 10 && !known(text)}
        onText={type}
        testId="replay-date"
      />
    </div>
  );
}
