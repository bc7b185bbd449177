/** What came back: as tables, as it was written, the call as code, and what is known of the API. */
import type { JSX } from 'react';
import { useEffect, useRef } from 'react';
import type { ApiDetail, ApiRow } from '#shared/contract/index.ts';
import { type Translate, useText } from '../../../text/index.ts';
import { Segment } from '../../../ui/controls.tsx';
import { download } from '../../../ui/download.ts';
import { number, time } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import { Empty, Failed, Skeleton } from '../../../ui/states.tsx';
import { type AnswerRow, type ResultTab, setExplorer, type ShownAnswer, useExplorer } from '../slice.ts';
import { AboutView } from './about-view.tsx';
import { RecordTable, RowsTable, tableName } from './block-table.tsx';
import { CodeView } from './code-view.tsx';

const TABS: readonly ResultTab[] = ['table', 'raw', 'code', 'about'];

/** Whose data these are; null: the broker's own. */
function originOf(t: Translate, { synthetic, endpoint }: Pick<ShownAnswer, 'synthetic' | 'endpoint'>): string | null {
  if (synthetic) return t('explorer.synthetic');
  return endpoint === 'emulator' ? t('explorer.simulated') : null;
}

/** Says plainly that figures are no market's. */
export function Origin(props: Pick<ShownAnswer, 'synthetic' | 'endpoint'>): JSX.Element | null {
  const t = useText();
  const origin = originOf(t, props);
  if (origin === null) return null;
  return (
    <p className="calm midc" role="note" data-testid="explorer-synthetic">
      <Icon name="flask" size="sm" /> {origin}
    </p>
  );
}

function Told({ answer, row }: { readonly answer: ShownAnswer; readonly row: ApiRow }): JSX.Element {
  const t = useText();
  const save = (): void => {
    const { blocks, trId, messageCode, message, pages, complete, synthetic, env } = answer;
    const whole = { api: row.id, env, trId, messageCode, message, pages, complete, synthetic, blocks };
    download(`${row.id}.json`, JSON.stringify(whole, null, 2), 'application/json');
  };
  return (
    <div className="tbar" data-testid="explorer-told">
      <span className="el">
        {t(`explorer.env.${answer.env}`)} · {time(answer.at)} · {answer.message}{' '}
        {answer.messageCode !== '' && `(${answer.messageCode})`}
      </span>
      <span className="sp" />
      <span className="num note">
        {t('explorer.pages', { count: answer.pages })} · {t('explorer.ms', { ms: number(answer.ms) })}
        {answer.next && ` · ${t('explorer.more')}`}
      </span>
      <button type="button" className="btn sm" onClick={save} data-testid="explorer-json">
        {t('explorer.json')}
      </button>
    </div>
  );
}

function Tables({
  detail,
  row,
  answer,
}: {
  readonly detail: ApiDetail;
  readonly row: ApiRow;
  readonly answer: ShownAnswer;
}): JSX.Element {
  const t = useText();
  const blocks = Object.entries(answer.blocks).filter(
    ([name, block]) => name !== 'top' || Object.keys(block ?? {}).length > 0,
  );
  return (
    <div className="blocks">
      {blocks.map(([name, block]) => {
        const columns = detail.blocks.find((each) => each.name === name)?.columns ?? [];
        const testId = `block-${name}`;
        const title = name === 'top' ? t('explorer.beside') : name;
        return Array.isArray(block) ? (
          <RowsTable
            key={`${row.id} ${name}`}
            title={title}
            file={`${row.id} ${name}`}
            name={tableName(row.id, name)}
            columns={columns}
            rows={block as readonly AnswerRow[]}
            testId={testId}
          />
        ) : (
          <RecordTable
            key={`${row.id} ${name}`}
            title={title}
            columns={columns}
            record={(block ?? {}) as AnswerRow}
            testId={testId}
          />
        );
      })}
    </div>
  );
}

function Answer(props: { readonly row: ApiRow; readonly detail: ApiDetail; readonly raw: boolean }): JSX.Element {
  const { row, detail, raw } = props;
  const t = useText();
  const answer = useExplorer((state) => state.answers[row.id]);
  const error = useExplorer((state) => state.errors[row.id]);
  const busy = useExplorer((state) => state.busy?.id === row.id);
  if (error) return <Failed error={error} testId="explorer-error" />;
  if (!answer) {
    if (busy) return <Skeleton rows={5} />;
    return (
      <Empty icon="play" title={t('explorer.noAnswer')} body={t('explorer.noAnswerBody')} testId="explorer-no-answer" />
    );
  }
  return (
    <>
      <Origin synthetic={answer.synthetic} endpoint={answer.endpoint} />
      <Told answer={answer} row={row} />
      {raw ? (
        <pre tabIndex={0} aria-label={t('explorer.result.raw')} data-testid="explorer-raw">
          {JSON.stringify(answer.blocks, null, 2)}
        </pre>
      ) : (
        <Tables detail={detail} row={row} answer={answer} />
      )}
    </>
  );
}

/** `table`: what stands under the first tab where there is no single answer, such as the messages of a channel. */
export function Result(props: {
  readonly row: ApiRow;
  readonly detail: ApiDetail;
  readonly table?: JSX.Element;
}): JSX.Element {
  const { row, detail } = props;
  const t = useText();
  const chosen = useExplorer((state) => state.result);
  const tabs = props.table ? TABS.filter((tab) => tab !== 'raw') : TABS;
  const tab = tabs.includes(chosen) ? chosen : 'table';
  const place = useRef<HTMLElement>(null);
  const callId = useExplorer((state) => state.answers[row.id]?.callId ?? null);
  // In a low panel the answer comes below what is seen.
  const seen = useRef(callId);
  useEffect(() => {
    if (callId !== seen.current) place.current?.scrollIntoView({ block: 'nearest' });
    seen.current = callId;
  }, [callId]);
  return (
    <section ref={place} className="result" aria-label={t('explorer.result')}>
      <div className="tbar">
        <Segment
          label={t('explorer.result')}
          choices={tabs.map((value) => ({ value, label: t(`explorer.result.${value}`) }))}
          value={tab}
          onChange={(value) => setExplorer({ result: value })}
          testId="explorer-result"
        />
      </div>
      {tab === 'about' && <AboutView row={row} detail={detail} />}
      {tab === 'code' && <CodeView row={row} detail={detail} />}
      {tab === 'table' && (props.table ?? <Answer row={row} detail={detail} raw={false} />)}
      {tab === 'raw' && <Answer row={row} detail={detail} raw />}
    </section>
  );
}
