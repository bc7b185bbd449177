/** The seed of a market: the same number plays the same market again. */
import type { JSX } from 'react';
import { useText } from '../../../text/index.ts';
import { TextField } from '../../../ui/controls.tsx';
import { parseWhole } from '../../../ui/parse.ts';

const LARGEST_SEED = 4_294_967_295;

/** The typed seed; null where it is none. */
export function seedOf(text: string): number | null {
  const value = parseWhole(text);
  return value !== null && value <= LARGEST_SEED ? value : null;
}

export function SeedField({
  text,
  onText,
}: {
  readonly text: string;
  readonly onText: (text: string) => void;
}): JSX.Element {
  const t = useText();
  return (
    <>
      <div className="row">
        <span className="l">{t('plan.seed')}</span>
        <TextField label={t('plan.seed')} text={text} onText={onText} invalid={seedOf(text) === null} testId="seed" />
      </div>
      <p className="note">{t('plan.seedHint')}</p>
    </>
  );
}
