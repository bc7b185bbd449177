/** What an issue is, in a word: its market, or of a future or option which of them. */
import type { JSX } from 'react';
import type { Instrument } from '#shared/domain/index.ts';
import { type TextKey, useText } from '../text/index.ts';

/** The word for an issue. */
export function productWord(instrument: Instrument): TextKey {
  return instrument.market === 'KRX_DERIVATIVES' ? `product.${instrument.kind}` : `market.${instrument.market}`;
}

export function ProductBadge({ instrument }: { readonly instrument: Instrument }): JSX.Element {
  const t = useText();
  return <span className="chip line">{t(productWord(instrument))}</span>;
}
