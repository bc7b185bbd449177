/** Where the panels stand: two layouts, by the width of the window. */
import type { JSX } from 'react';
import { useState } from 'react';
import { accountView, performanceView } from '../panels/account/index.ts';
import { chartView } from '../panels/chart/index.ts';
import { lineView } from '../panels/line/index.ts';
import { orderBookView } from '../panels/order-book/index.ts';
import { orderTicketView } from '../panels/order-ticket/index.ts';
import { fillsView, ordersView } from '../panels/orders/index.ts';
import { positionsView } from '../panels/positions/index.ts';
import { rulesView } from '../panels/rules/index.ts';
import { tapeView } from '../panels/tape/index.ts';
import { watchlistView } from '../panels/watchlist/index.ts';
import { useConnection } from '../store/connection.ts';
import { frontOf, showView, useWork } from '../store/work.ts';
import { useText } from '../text/index.ts';
import { IconButton } from '../ui/controls.tsx';
import { Contained } from './contained.tsx';
import { useCompact } from '../ui/media.ts';
import { Panel, type Tab } from '../ui/panel.tsx';
import type { PanelView } from '../ui/panel-view.ts';
import { Banners, useBannerOn } from './banners.tsx';
import { SwitchVeil } from './environment-banners.tsx';

interface Region {
  /** Name of the grid area in theme/panels.css. */
  readonly area: string;
  readonly views: readonly PanelView[];
  readonly strong?: boolean;
}

const WIDE: readonly Region[] = [
  { area: 'wl', views: [watchlistView] },
  { area: 'ch', views: [chartView], strong: true },
  { area: 'ld', views: [orderBookView] },
  { area: 'tk', views: [orderTicketView] },
  { area: 'or', views: [ordersView, fillsView, rulesView, lineView] },
  { area: 'po', views: [positionsView] },
  { area: 'tr', views: [tapeView] },
  { area: 'ac', views: [accountView, performanceView] },
];

const COMPACT: readonly Region[] = [
  { area: 'wl', views: [watchlistView] },
  { area: 'ch', views: [chartView], strong: true },
  {
    area: 'or',
    views: [ordersView, fillsView, positionsView, accountView, performanceView, tapeView, rulesView, lineView],
  },
  { area: 'ld', views: [orderBookView] },
  { area: 'tk', views: [orderTicketView] },
];

const noCount = (): null => null;

/** Names and counts of a region's views. The list of a region never changes, so neither does the order of these hooks. */
function useTabs(views: readonly PanelView[]): readonly Tab[] {
  const t = useText();
  return views.map((view) => {
    const count = (view.useCount ?? noCount)();
    return { id: view.id, label: t(view.title), count };
  });
}

function RegionPanel(props: {
  readonly region: Region;
  readonly maximised: boolean;
  readonly onMaximise: () => void;
}): JSX.Element {
  const t = useText();
  const { region, maximised } = props;
  const active = useWork((state) =>
    frontOf(
      region.views.map((entry) => entry.id),
      state.asked,
    ),
  );
  const tabs = useTabs(region.views);
  const view = region.views.find((entry) => entry.id === active);
  if (!view) return <></>;
  const { Body, Info } = view;
  return (
    <Panel
      area={region.area}
      tabs={tabs}
      active={view.id}
      onTab={showView}
      strong={region.strong ?? false}
      maximised={maximised}
      info={Info && <Info />}
      actions={
        <IconButton
          icon="max"
          label={t(maximised ? 'panel.restore' : 'panel.maximise')}
          pressed={maximised}
          testId={`maximise-${region.area}`}
          onClick={props.onMaximise}
        />
      }
    >
      <Contained key={view.id}>
        <Body />
      </Contained>
    </Panel>
  );
}

export function WorkArea(): JSX.Element {
  const compact = useCompact();
  const banner = useBannerOn();
  const offline = useConnection((state) => state.link.phase !== 'open');
  const [maximised, setMaximised] = useState<string | null>(null);
  const regions = compact ? COMPACT : WIDE;
  return (
    <main className={['work', banner ? 'banner-on' : '', offline ? 'dead' : ''].join(' ').trim()}>
      <Banners />
      {regions.map((region) => (
        <RegionPanel
          key={`${compact ? 'compact' : 'wide'}-${region.area}`}
          region={region}
          maximised={maximised === region.area}
          onMaximise={() => setMaximised(maximised === region.area ? null : region.area)}
        />
      ))}
      <SwitchVeil />
    </main>
  );
}
