/** Everything a user can do by name or key, in the order of the menu. */
import type { Action } from '../../client/actions.tsx';
import type { Workstation } from '../../client/workstation.ts';
import { startTour } from '../../store/tour.ts';
import type { PanelView } from '../../ui/panel-view.ts';
import type { WorkspaceKeeper } from '../dock/keeper.ts';
import { environmentActions } from './environments.ts';
import { marketActions } from './market.ts';
import { scenarioActions } from './scenarios.ts';
import { orderActions } from './orders.ts';
import { helpActions, lookActions, panelActions, workspaceActions } from './workspaces.ts';

export interface ActionParts {
  readonly workstation: Workstation;
  readonly keeper: WorkspaceKeeper;
  readonly views: readonly Pick<PanelView, 'id' | 'title'>[];
}

export function actionsOf({ workstation, keeper, views }: ActionParts): readonly Action[] {
  return [
    ...orderActions(workstation),
    ...marketActions(workstation),
    ...scenarioActions(),
    ...panelActions(views),
    ...workspaceActions(keeper),
    ...environmentActions(workstation),
    ...lookActions(workstation),
    ...helpActions(startTour),
  ];
}
