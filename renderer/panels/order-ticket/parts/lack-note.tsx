/** Says that the environment in force does not trade the issue in the ticket, and which one does. */
import type { JSX } from 'react';
import type { Lack } from '#shared/domain/index.ts';
import { Icon } from '../../../ui/icons.tsx';

export function LackNote({ lack }: { readonly lack: Lack }): JSX.Element {
  return (
    <div className="guard wait" role="status" data-testid="ticket-lack">
      <div className="h">
        <Icon name="info" />
        {lack.reasonKo}
      </div>
    </div>
  );
}
