/** A real-time channel: its key, its state, and its last messages as they come. */
import type { JSX } from 'react';
import { useMemo } from 'react';
import type { ApiDetail, ApiRow } from '#shared/contract/index.ts';
import { useConnection } from '../../../store/connection.ts';
import { useText } from '../../../text/index.ts';
import { TextField } from '../../../ui/controls.tsx';
import { number } from '../../../ui/format.ts';
import { Light } from '../../../ui/icons.tsx';
import { Empty, Failed } from '../../../ui/states.tsx';
import { type AnswerRow, setExplorer, useExplorer } from '../slice.ts';
import { RowsTable, tableName } from './block-table.tsx';
import { EnvChoice, useEnv } from './env-choice.tsx';
import { Origin, Result } from './result.tsx';
import { type ChannelView, useChannel } from './use-channel.ts';

const LIGHTS = { live: 'ok', polled: 'warn', waiting: 'warn', refused: 'bad' } as const;
/** Names the message within its table; no column of a channel is called so. */
const SEQ = '#';

const seqOf = (row: AnswerRow): number => row[SEQ] as number;

function Standing({ view }: { readonly view: ChannelView }): JSX.Element {
  const t = useText();
  if (!view.on)
    return (
      <span className="note" role="status" data-testid="channel-state">
        <Light state="off" /> {t('explorer.channel.off')}
      </span>
    );
  const state = view.state?.state ?? 'waiting';
  return (
    <span className="note" role="status" data-testid="channel-state">
      <Light state={LIGHTS[state]} /> {t(`explorer.channel.${state}`)}
      {view.state?.reasonKo !== null && view.state?.reasonKo !== undefined && ` · ${view.state.reasonKo}`}
    </span>
  );
}

function Messages({
  row,
  detail,
  view,
}: {
  readonly row: ApiRow;
  readonly detail: ApiDetail;
  readonly view: ChannelView;
}): JSX.Element {
  const t = useText();
  const columns = useMemo(() => detail.channel?.columns ?? [], [detail]);
  const own = detail.channel?.ownKey ?? false;
  const rows = useMemo(
    () => view.messages.map(({ seq, values }): AnswerRow => ({ ...values, [SEQ]: seq })),
    [view.messages],
  );
  if (view.error) return <Failed error={view.error} onRetry={view.start} testId="explorer-error" />;
  if (rows.length === 0)
    return (
      <Empty
        icon="wave"
        title={t(view.on ? 'explorer.channel.quiet' : 'explorer.channel.none')}
        body={t(
          own ? 'explorer.channel.ownBody' : view.on ? 'explorer.channel.quietBody' : 'explorer.channel.noneBody',
        )}
        testId="channel-none"
      />
    );
  return (
    <>
      {view.state && <Origin synthetic={false} endpoint={view.state.endpoint} />}
      <div className="blocks">
        <RowsTable
          title={t('explorer.channel.messages', { count: number(view.count) })}
          file={row.id}
          name={tableName(row.id, 'live')}
          columns={columns}
          rows={rows}
          keyOf={seqOf}
          testId="channel-messages"
        />
      </div>
    </>
  );
}

export function LiveApi({ row, detail }: { readonly row: ApiRow; readonly detail: ApiDetail }): JSX.Element {
  const t = useText();
  const { env, why } = useEnv(row);
  const channel = detail.channel;
  const key = useExplorer((state) => state.keys[row.id]) ?? channel?.keyStart ?? '';
  const view = useChannel({ api: row.id, env, key });
  const online = useConnection((state) => state.link.phase === 'open');
  return (
    <>
      <section className="api-form" aria-label={t('explorer.form')}>
        {channel?.ownKey ? (
          <p className="note">{t('explorer.filled.account', { names: channel.keyLabel })}</p>
        ) : (
          <div className="afields">
            <div className="afield">
              <span className="l">{channel?.keyLabel}</span>
              <TextField
                label={channel?.keyLabel ?? ''}
                text={key}
                onText={(text) => setExplorer(({ keys }) => ({ keys: { ...keys, [row.id]: text } }))}
                onEnter={view.start}
                maxLength={40}
                testId="channel-key"
              />
            </div>
          </div>
        )}
      </section>
      <div className="send-bar">
        <EnvChoice row={row} />
        <span className="sp" />
        <Standing view={view} />
        {view.on ? (
          <button type="button" className="btn" onClick={view.stop} data-testid="channel-stop">
            {t('explorer.channel.stop')}
          </button>
        ) : (
          <button
            type="button"
            className="btn pri"
            disabled={why !== null || !online || (key.trim() === '' && channel?.ownKey !== true)}
            onClick={view.start}
            data-testid="channel-start"
          >
            {t('explorer.channel.start')}
          </button>
        )}
        <small className="note cost">{t('explorer.channel.cost')}</small>
      </div>
      <Result row={row} detail={detail} table={<Messages row={row} detail={detail} view={view} />} />
    </>
  );
}
