/** The API explorer: the catalogue at the left, one API with its form and its answer at the right. */
import type { JSX } from 'react';
import type { ApiDetail, ApiRow } from '#shared/contract/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { openDialog } from '../../store/overlay.ts';
import { useText } from '../../text/index.ts';
import { IconButton, Segment, TextField } from '../../ui/controls.tsx';
import { download } from '../../ui/download.ts';
import { Icon } from '../../ui/icons.tsx';
import { Empty, Skeleton } from '../../ui/states.tsx';
import { ApiForm } from './parts/form.tsx';
import { ApiHead } from './parts/api-head.tsx';
import { ApiList } from './parts/api-list.tsx';
import { AboutView } from './parts/about-view.tsx';
import { CallList } from './parts/call-list.tsx';
import { LiveApi } from './parts/live.tsx';
import { OrderWay } from './parts/order-way.tsx';
import { RecipeList, showLeft } from './parts/recipe-list.tsx';
import { Result } from './parts/result.tsx';
import { SendBar } from './parts/send-bar.tsx';
import { useAsk, useCatalogue, useDetail } from './parts/use-explorer.ts';
import { setExplorer, useExplorer } from './slice.ts';

const LEFT = ['list', 'recipes', 'calls'] as const;

function Left({ rows }: { readonly rows: readonly ApiRow[] }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const left = useExplorer((state) => state.left);
  const search = useExplorer((state) => state.search);
  const postman = (): void => {
    void workstation.act(async (client) => {
      const { text } = await client.apis.postman({});
      download('kis.postman_collection.json', text, 'application/json');
    });
  };
  return (
    <div className="explorer-left">
      <div className="tbar">
        <Segment
          label={t('explorer.left')}
          choices={LEFT.map((value) => ({ value, label: t(`explorer.left.${value}`) }))}
          value={left}
          onChange={showLeft}
          testId="explorer-left"
        />
        <span className="sp" />
        <IconButton icon="dl" label={t('explorer.postman')} onClick={postman} testId="explorer-postman" />
      </div>
      {left !== 'calls' && (
        <div className="tbar">
          <TextField
            label={t('explorer.search')}
            text={search}
            icon="search"
            placeholder={t('explorer.searchHint')}
            onText={(text) => setExplorer({ search: text })}
            maxLength={60}
            testId="explorer-search"
          />
        </div>
      )}
      {left === 'list' && <ApiList rows={rows} />}
      {left === 'recipes' && <RecipeList />}
      {left === 'calls' && <CallList />}
    </div>
  );
}

/** Keys and tokens are the connection's own business. */
function Secret({ row, detail }: { readonly row: ApiRow; readonly detail: ApiDetail }): JSX.Element {
  const t = useText();
  return (
    <>
      <p className="calm midc" role="note" data-testid="explorer-secret">
        <Icon name="lock" size="sm" /> {t('explorer.secret')}
      </p>
      <div className="send-bar">
        <button type="button" className="btn" onClick={() => openDialog('connections')}>
          {t('conn.title')}
        </button>
      </div>
      <AboutView row={row} detail={detail} />
    </>
  );
}

function Call({ row, detail }: { readonly row: ApiRow; readonly detail: ApiDetail }): JSX.Element {
  const ask = useAsk();
  return (
    <>
      <ApiForm detail={detail} onEnter={() => ask(row.id, 'first')} />
      <SendBar row={row} detail={detail} onAsk={(what) => ask(row.id, what)} />
      <Result row={row} detail={detail} />
    </>
  );
}

function Api({ row }: { readonly row: ApiRow }): JSX.Element {
  const detail = useExplorer(({ details }) => details[row.id]);
  if (!detail) return <Skeleton rows={6} />;
  return (
    <>
      <ApiHead row={row} detail={detail} />
      {row.secret ? (
        <Secret row={row} detail={detail} />
      ) : row.order ? (
        <OrderWay row={row} order={row.order} detail={detail} />
      ) : row.kind === 'ws' ? (
        <LiveApi key={row.id} row={row} detail={detail} />
      ) : (
        <Call row={row} detail={detail} />
      )}
    </>
  );
}

export function ExplorerPanel(): JSX.Element {
  const t = useText();
  const rows = useExplorer((state) => state.rows);
  const id = useExplorer((state) => state.id);
  useCatalogue();
  useDetail(id);
  if (!rows) return <Skeleton rows={8} />;
  const row = rows.find((each) => each.id === id);
  return (
    <div className="explorer-room">
      <div className={row ? 'explorer has' : 'explorer'} data-testid="explorer">
        <Left rows={rows} />
        <div className="explorer-main">
          {row ? (
            <Api row={row} />
          ) : (
            <Empty
              icon="plug"
              title={t('explorer.title', { count: rows.length })}
              body={t('explorer.titleBody')}
              testId="explorer-empty"
            />
          )}
        </div>
      </div>
    </div>
  );
}
