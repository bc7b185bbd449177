/** Calls, channels and commands ready to run, read from resources/kis at the first question. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One thing that the broker's sample programs show, as it is done here. */
export interface Recipe {
  readonly id: string;
  /** As the catalogue names products: "domestic-stock". */
  readonly product: string;
  readonly ko: string;
  readonly en: string;
  readonly kind: 'call' | 'channel' | 'order' | 'cli';
  readonly api?: string;
  /** Over what the form begins with. */
  readonly params?: Readonly<Record<string, string>>;
  readonly key?: string;
  readonly cli?: string;
}

/** Where the sample programs of a product are replaced. */
export interface SampleFolder {
  readonly product: string;
  readonly folder: string;
  readonly files: readonly string[];
}

export interface RecipeBook {
  readonly samples: readonly SampleFolder[];
  readonly recipes: readonly Recipe[];
}

let loaded: RecipeBook | undefined;

/** All recipes; the first call reads and parses them. */
export function recipeBook(): RecipeBook {
  loaded ??= JSON.parse(
    readFileSync(join(import.meta.dirname, '..', '..', 'resources', 'kis', 'recipes.json'), 'utf8'),
  ) as RecipeBook;
  return loaded;
}
