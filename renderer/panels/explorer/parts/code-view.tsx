/** A call written as code, ready to be copied; keys and account stay in the environment of whoever runs it. */
import type { JSX } from 'react';
import { useEffect, useState } from 'react';
import type { ApiCopyForm, ApiDetail, ApiRow } from '#shared/contract/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { useClient } from '../../../client/context.tsx';
import { wordsOf } from '../../../client/words-of.ts';
import { useText } from '../../../text/index.ts';
import { Segment } from '../../../ui/controls.tsx';
import { setExplorer, useExplorer, valuesOf } from '../slice.ts';

const CALL_FORMS: readonly ApiCopyForm[] = ['curl', 'typescript', 'python', 'cli'];
const CHANNEL_FORMS: readonly ApiCopyForm[] = ['typescript', 'python'];

export function CodeView({ row, detail }: { readonly row: ApiRow; readonly detail: ApiDetail }): JSX.Element {
  const t = useText();
  const { client } = useClient();
  const chosen = useExplorer((state) => state.form);
  const env = useExplorer((state) => state.env);
  const typed = useExplorer((state) => state.typed[row.id]);
  const key = useExplorer((state) => state.keys[row.id]) ?? detail.channel?.keyStart ?? '';
  const forms = detail.channel ? CHANNEL_FORMS : CALL_FORMS;
  const form = forms.includes(chosen) ? chosen : (forms[0] ?? 'typescript');
  const [code, setCode] = useState<string | null>(null);
  const [error, setError] = useState<ErrorEnvelope | null>(null);
  const [copied, setCopied] = useState<boolean | null>(null);
  const params = JSON.stringify(valuesOf(detail, typed));
  useEffect(() => {
    if (!client) return;
    let gone = false;
    setCopied(null);
    client.apis
      .copy({ api: row.id, env, params: JSON.parse(params) as Record<string, string>, key, form })
      .then(({ text }) => {
        if (gone) return;
        setCode(text);
        setError(null);
      })
      .catch((failure: unknown) => {
        if (gone) return;
        setCode(null);
        setError(wordsOf(failure));
      });
    return () => {
      gone = true;
    };
  }, [client, row.id, env, params, key, form]);
  const copy = (): void => {
    navigator.clipboard
      .writeText(code ?? '')
      .then(() => setCopied(true))
      .catch(() => setCopied(false));
  };
  return (
    <section className="block code" aria-label={t('explorer.result.code')}>
      <div className="tbar">
        <Segment
          label={t('explorer.form.code')}
          choices={forms.map((value) => ({ value, label: t(`explorer.code.${value}`) }))}
          value={form}
          onChange={(value) => setExplorer({ form: value })}
          testId="explorer-form-of-code"
        />
        <span className="sp" />
        <button type="button" className="btn sm" disabled={code === null} onClick={copy} data-testid="explorer-copy">
          {t(copied === null ? 'explorer.copy' : copied ? 'explorer.copied' : 'explorer.copyFailed')}
        </button>
      </div>
      {error && (
        <p className="note inset midc" role="alert">
          {error.messageKo} {error.actionKo}
        </p>
      )}
      {code !== null && (
        // It scrolls, so it can be reached by the keyboard.
        <pre tabIndex={0} aria-label={t('explorer.result.code')} data-testid="explorer-code">
          {code}
        </pre>
      )}
    </section>
  );
}
