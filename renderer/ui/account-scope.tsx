/** Chooses between the account in force and all accounts; nothing where there is one. */
import type { JSX } from 'react';
import type { AccountScope } from '../client/account-scope.ts';
import { useText } from '../text/index.ts';
import { Segment } from './controls.tsx';

export function ScopeChoice(props: { readonly scope: AccountScope; readonly testId: string }): JSX.Element | null {
  const t = useText();
  const { scope } = props;
  if (!scope.several) return null;
  return (
    <Segment
      label={t('scope.label')}
      choices={[
        { value: 'one', label: t('scope.one') },
        { value: 'all', label: t('scope.all') },
      ]}
      value={scope.all ? 'all' : 'one'}
      onChange={(value) => scope.setAll(value === 'all')}
      testId={props.testId}
    />
  );
}
