/** Results whole as they come from the core, and a measured value as it is written. */
import { useEffect, useState } from 'react';
import type { ScenarioRun } from '#shared/domain/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { useClient } from '../../../client/context.tsx';
import { wordsOf } from '../../../client/workstation.ts';
import { MINUS, number } from '../../../ui/format.ts';

/** By their ids: a result, or why it did not come. */
export type Results = ReadonlyMap<string, ScenarioRun | ErrorEnvelope>;

/** Results whole, by their ids, as they come. */
export function useResults(ids: readonly string[]): Results {
  const { client } = useClient();
  const [results, setResults] = useState<Results>(new Map());
  const wanted = ids.join(' ');
  useEffect(() => {
    if (!client || wanted === '') return;
    let gone = false;
    for (const runId of wanted.split(' '))
      client.scenarios
        .result({ runId })
        .then((run): ScenarioRun | ErrorEnvelope => run)
        .catch(wordsOf)
        .then((result) => {
          if (!gone) setResults((old) => new Map(old).set(runId, result));
        })
        .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [client, wanted]);
  return results;
}

/** Whole ones grouped, others with two places. */
export function measured(value: number): string {
  return Number.isInteger(value) ? number(value) : value.toFixed(2).replace('-', MINUS);
}
