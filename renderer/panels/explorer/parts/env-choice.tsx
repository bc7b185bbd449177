/** Where a call goes: the simulator of this program, or a connection of paper or real. */
import type { JSX } from 'react';
import type { ApiEnvironment, ApiPlace, ApiRow } from '#shared/contract/index.ts';
import { type Translate, useText } from '../../../text/index.ts';
import { Segment } from '../../../ui/controls.tsx';
import { setExplorer, useExplorer } from '../slice.ts';

const ENVS: readonly ApiEnvironment[] = ['simulator', 'paper', 'real'];

/** Why an API cannot be asked somewhere; null: it can. */
function whyNot(t: Translate, row: ApiRow, env: ApiEnvironment, places: readonly ApiPlace[]): string | null {
  if (env === 'paper' && !row.paper) return t('explorer.notInPaper');
  return places.find((place) => place.env === env)?.reasonKo ?? null;
}

/** The environment in use: the chosen one, unless this API is not there. */
export function useEnv(row: ApiRow): { readonly env: ApiEnvironment; readonly why: string | null } {
  const t = useText();
  const env = useExplorer((state) => state.env);
  const places = useExplorer((state) => state.places);
  return { env, why: whyNot(t, row, env, places) };
}

/** What is at the other end, in a few words. */
function placeText(t: Translate, env: ApiEnvironment, place: ApiPlace | undefined): string {
  if (env === 'simulator') return t('explorer.to.simulator');
  if (!place?.label) return '';
  const to = t(place.endpoint === 'emulator' ? 'explorer.to.emulator' : 'explorer.to.official', { name: place.label });
  return place.inForce ? `${to} · ${t('explorer.to.inForce')}` : to;
}

export function EnvChoice({ row }: { readonly row: ApiRow }): JSX.Element {
  const t = useText();
  const places = useExplorer((state) => state.places);
  const { env, why } = useEnv(row);
  const place = places.find((each) => each.env === env);
  return (
    <span className="env-choice">
      <Segment
        label={t('explorer.env')}
        choices={ENVS.map((value) => {
          const reason = whyNot(t, row, value, places);
          return {
            value,
            label: t(`explorer.env.${value}`),
            disabled: reason !== null,
            ...(reason === null ? {} : { title: reason }),
          };
        })}
        value={env}
        onChange={(value) => setExplorer({ env: value })}
        testId="explorer-env"
      />
      <small className={why === null ? 'note' : 'note midc'} data-testid="explorer-to">
        {why ?? placeText(t, env, place)}
      </small>
    </span>
  );
}
