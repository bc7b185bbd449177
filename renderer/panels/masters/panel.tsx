/** Symbol masters: everything that the broker's files name, and how those files stand. */
import type { JSX } from 'react';
import { useEffect } from 'react';
import { useClient } from '../../client/context.tsx';
import { useText } from '../../text/index.ts';
import { Segment } from '../../ui/controls.tsx';
import { FilesTab } from './parts/files.tsx';
import { FindTab } from './parts/find.tsx';
import { followMasters } from './parts/acts.ts';
import { useMasters } from './slice.ts';

const TABS = ['find', 'files'] as const;

export function MastersPanel(): JSX.Element {
  const t = useText();
  const { client, era } = useClient();
  const tab = useMasters((state) => state.tab);
  useEffect(() => (client ? followMasters(client) : undefined), [client, era]);
  return (
    <div className="mroom">
      <div className="tbar">
        <Segment
          label={t('panel.masters')}
          choices={TABS.map((value) => ({ value, label: t(`masters.tab.${value}`) }))}
          value={tab}
          onChange={(value) => useMasters.setState({ tab: value })}
          testId="masters-tab"
        />
      </div>
      {tab === 'find' ? <FindTab /> : <FilesTab />}
    </div>
  );
}
