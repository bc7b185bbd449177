/** What the environment in force does not have, each with the reason: orders and routes first, then APIs. */
import type { JSX } from 'react';
import type { Lack } from '#shared/domain/index.ts';
import { useLacks } from '../../../client/lacks.ts';
import { useCore } from '../../../store/core.ts';
import { type TextKey, useText } from '../../../text/index.ts';

function Rows(props: {
  readonly lacks: readonly Lack[];
  readonly title: TextKey;
  readonly testId: string;
}): JSX.Element {
  const t = useText();
  const environment = useCore((state) => state.environment);
  return (
    <details className="lacks" data-testid={props.testId}>
      <summary>{t(props.title, { name: t(`env.${environment}`), count: props.lacks.length })}</summary>
      <table className="lgrid">
        <tbody>
          {props.lacks.map((lack) => (
            <tr key={lack.what} data-testid={`lack-${lack.what}`}>
              <td className="off">{lack.nameKo}</td>
              <td>{lack.reasonKo}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

export function LackTable(): JSX.Element | null {
  const lacks = useLacks();
  if (lacks.length === 0) return null;
  const isApi = (lack: Lack): boolean => lack.what.startsWith('api.');
  const orders = lacks.filter((lack) => !isApi(lack));
  const apis = lacks.filter(isApi);
  return (
    <>
      {orders.length > 0 && <Rows lacks={orders} title={'lacks.title'} testId="rules-lacks" />}
      {apis.length > 0 && <Rows lacks={apis} title={'lacks.apis'} testId="rules-lacks-apis" />}
    </>
  );
}
