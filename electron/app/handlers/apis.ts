/** APIs area: the catalogue, channels, what was called, and calls as code. */
import { kisCatalogue, recipeBook } from '#core/catalogue/index.ts';
import type { ApiRecipe, Contract } from '#shared/contract/index.ts';
import type { Clock } from '#shared/ports.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import { kstDate } from '#shared/time/index.ts';
import type { ApiDesk } from '../apis/api-desk.ts';
import type { ApiChannels } from '../apis/channels.ts';
import { asCode, collection } from '../apis/code/index.ts';
import { detailOf } from '../apis/detail.ts';
import { apiRows } from '../apis/rows.ts';
import type { Front } from '../environments/front.ts';

export interface ApiServices {
  readonly desk: ApiDesk;
  readonly channels: ApiChannels;
  readonly front: Front;
  readonly clock: Clock;
}

function recipes(): ApiRecipe[] {
  return recipeBook().recipes.map(({ api = null, params = {}, key = '', cli = null, ...recipe }) => ({
    ...recipe,
    api,
    params: { ...params },
    key,
    cli,
  }));
}

export function apisHandlers({ desk, channels, front, clock }: ApiServices): Handlers<Contract>['apis'] {
  return {
    list: () => apiRows(),
    describe: ({ id }) => {
      const catalogue = kisCatalogue();
      const api = catalogue.find(id);
      if (!api) throw catalogue.unknown(id);
      return detailOf(api, kstDate(clock.now()));
    },
    places: () => desk.places(),
    history: () => desk.history.list(),
    subscribe: front.stream((inForce, wish, sink) => channels.open(inForce, wish, sink)),
    copy: (wish) => ({ text: asCode(wish) }),
    postman: () => ({ text: JSON.stringify(collection(kisCatalogue().apis, kstDate(clock.now())), null, 1) }),
    recipes,
  };
}
