/** Recipes: calls, channels and commands ready to run, by product. */
import type { JSX } from 'react';
import { useMemo } from 'react';
import type { ApiRecipe } from '#shared/contract/index.ts';
import { useView } from '../../../store/view.ts';
import { type TextKey, useText } from '../../../text/index.ts';
import { Empty } from '../../../ui/states.tsx';
import { setExplorer, showApi, useExplorer } from '../slice.ts';
import { walkEntries } from './walk.ts';

function take(recipe: ApiRecipe): void {
  const { api, params, key } = recipe;
  if (api !== null) showApi(api, { ...(Object.keys(params).length > 0 ? { params } : {}), key });
}

function Recipe({ recipe, first }: { readonly recipe: ApiRecipe; readonly first: boolean }): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const chosen = useExplorer(({ id }) => recipe.api !== null && id === recipe.api);
  const name = language === 'en' ? recipe.en : recipe.ko;
  if (recipe.api === null) {
    return (
      <p className="api line" data-testid={`recipe-${recipe.id}`}>
        <span className="nm">
          {name}
          <code>{recipe.cli}</code>
        </span>
      </p>
    );
  }
  return (
    <button
      type="button"
      className={chosen ? 'api on' : 'api'}
      tabIndex={first ? 0 : -1}
      data-testid={`recipe-${recipe.id}`}
      onClick={() => take(recipe)}
    >
      <span className="nm">
        {name}
        {recipe.cli !== null && <code>{recipe.cli}</code>}
      </span>
      <span className="marks">
        {recipe.kind === 'channel' && <i>{t('explorer.mark.live')}</i>}
        {recipe.kind === 'order' && <i className="ord">{t('explorer.mark.order')}</i>}
      </span>
    </button>
  );
}

export function RecipeList(): JSX.Element {
  const t = useText();
  const recipes = useExplorer((state) => state.recipes);
  const search = useExplorer((state) => state.search)
    .trim()
    .toLowerCase();
  const found = useMemo(
    () => recipes.filter(({ ko, en }) => search === '' || `${ko} ${en}`.toLowerCase().includes(search)),
    [recipes, search],
  );
  const products = useMemo(() => [...new Set(found.map(({ product }) => product))], [found]);
  if (found.length === 0) return <Empty icon="search" title={t('explorer.none')} body={t('explorer.noneBody')} />;
  return (
    <nav className="apis" aria-label={t('explorer.recipes')} onKeyDown={walkEntries} data-testid="explorer-recipes">
      {products.map((product) => (
        <div key={product} role="group" aria-label={t(`product.${product}` as TextKey)}>
          <span className="menu-name">{t(`product.${product}` as TextKey)}</span>
          {found
            .filter((recipe) => recipe.product === product)
            .map((recipe) => (
              <Recipe key={recipe.id} recipe={recipe} first={recipe === found.find(({ api }) => api !== null)} />
            ))}
        </div>
      ))}
    </nav>
  );
}

/** Puts the left side on another list. */
export function showLeft(left: 'list' | 'recipes' | 'calls'): void {
  setExplorer({ left });
}
