/** What must be decided about the open scenario: a change that waited, a version of another window, a scenario that came along. */
import type { JSX } from 'react';
import { useWorkstation } from '../../../client/context.tsx';
import { useText } from '../../../text/index.ts';
import { Icon } from '../../../ui/icons.tsx';
import { isShipped, type OpenScenario } from '../slice.ts';
import { copyOf } from './list.tsx';
import { useScenarioLine } from './scenario-line.ts';
import { Differences } from './versions.tsx';

export function ScenarioBanners(props: { readonly open: OpenScenario; readonly name: string }): JSX.Element | null {
  const t = useText();
  const workstation = useWorkstation();
  const line = useScenarioLine();
  const { open, name } = props;
  if (open.newer !== null && open.text !== open.saved)
    return (
      <div className="sc-banner warn" role="alert" data-testid="scen-conflict">
        <Icon name="warn" size="sm" />
        <span>{t('scen.conflict', { version: open.newer })}</span>
        <span className="sp" />
        <button type="button" className="btn sm" data-testid="scen-rebase" onClick={() => void line.rebase()}>
          {t('scen.rebase')}
        </button>
        <button type="button" className="btn sm" data-testid="scen-theirs" onClick={() => void line.takeTheirs()}>
          {t('scen.theirs', { version: open.newer })}
        </button>
      </div>
    );
  if (open.offered)
    return (
      <div className="sc-banner" role="status" data-testid="scen-offer">
        <Icon name="info" size="sm" />
        <span>{t('scen.offer', { version: open.version })}</span>
        <Differences from={open.saved} to={open.text} brief />
        <span className="sp" />
        <button type="button" className="btn sm" data-testid="scen-offer-keep" onClick={() => line.keepOffer()}>
          {t('scen.offerKeep')}
        </button>
        <button type="button" className="btn sm" data-testid="scen-offer-drop" onClick={() => void line.drop()}>
          {t('scen.offerDrop', { version: open.version })}
        </button>
      </div>
    );
  if (isShipped(open.id))
    return (
      <div className="sc-banner" role="status" data-testid="scen-shipped">
        <Icon name="lock" size="sm" />
        <span>{t('scen.shipped')}</span>
        <span className="sp" />
        <button
          type="button"
          className="btn sm"
          data-testid="scen-shipped-copy"
          onClick={() => void copyOf(workstation, line, { id: open.id, name })}
        >
          {t('scen.copyToEdit')}
        </button>
      </div>
    );
  return null;
}
