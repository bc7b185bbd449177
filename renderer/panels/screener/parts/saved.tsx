/** Saved screens and those that ship: opened, saved under a name, removed. */
import type { JSX } from 'react';
import { useWorkstation } from '../../../client/context.tsx';
import { useDocuments } from '../../../client/documents.ts';
import type { ScreenFilter } from '#shared/domain/index.ts';
import { starterFilter, STARTER_SCREENS, type StarterScreen } from '#shared/market/index.ts';
import { useText } from '../../../text/index.ts';
import { IconButton, Select, TextField } from '../../../ui/controls.tsx';
import { draftOf, setScreen, type ScreenDraft } from '../slice.ts';

const STARTERS = Object.keys(STARTER_SCREENS) as readonly StarterScreen[];
const SHIPPED = 'shipped:';
const NEW = '';

export function SavedScreens(props: {
  readonly draft: ScreenDraft;
  readonly filter: ScreenFilter | null;
  readonly usable: boolean;
}): JSX.Element {
  const { draft, filter, usable } = props;
  const t = useText();
  const workstation = useWorkstation();
  const saved = useDocuments('screener');
  const own = [...(saved ?? new Map<string, { readonly name: string; readonly filter: ScreenFilter }>())];
  const open = (value: string): void => {
    const starter = STARTERS.find((name) => `${SHIPPED}${name}` === value);
    if (starter) setScreen(draftOf(starterFilter(starter), '', null));
    const document = saved?.get(value);
    if (document) setScreen(draftOf(document.filter, document.name, value));
  };
  const name = draft.name.trim();
  // The same name is the same screen: it is saved over.
  const sameName = own.find(([, body]) => body.name === name)?.[0];
  const save = (): void => {
    if (!filter || name === '') return;
    const id = sameName ?? workstation.newRequestId();
    void workstation.documents
      .save('screener', id, { name, filter })
      .then(() => setScreen({ documentId: id }))
      .catch((error: unknown) => workstation.fail(error));
  };
  const remove = (): void => {
    const { documentId } = draft;
    if (documentId === null) return;
    void workstation.documents
      .remove('screener', documentId)
      .then(() => setScreen({ documentId: null }))
      .catch((error: unknown) => workstation.fail(error));
  };
  return (
    <>
      <Select
        label={t('screen.saved')}
        value={draft.documentId ?? NEW}
        choices={[
          { value: NEW, label: t('screen.choose') },
          ...own.map(([id, body]) => ({ value: id, label: body.name })),
          ...STARTERS.map((starter) => ({ value: `${SHIPPED}${starter}`, label: t(`screen.starter.${starter}`) })),
        ]}
        onChange={open}
        testId="screen-saved"
      />
      <TextField
        label={t('screen.name')}
        text={draft.name}
        placeholder={t('screen.name')}
        maxLength={40}
        onText={(text) => setScreen({ name: text })}
        onEnter={save}
        testId="screen-name"
      />
      <button
        type="button"
        className="btn sm"
        disabled={name === '' || !usable}
        data-testid="screen-save"
        onClick={save}
      >
        {t(sameName === undefined ? 'screen.save' : 'screen.saveOver')}
      </button>
      {draft.documentId !== null && (
        <IconButton icon="x" label={t('screen.remove')} onClick={remove} testId="screen-remove" />
      )}
    </>
  );
}
