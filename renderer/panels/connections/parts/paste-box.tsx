/** Takes text with secrets from the clipboard or a file without ever showing it. */
import type { JSX } from 'react';
import { useRef, useState } from 'react';
import { useText } from '../../../text/index.ts';
import { Icon } from '../../../ui/icons.tsx';

/** The contract's bound of a kis_devlp.yaml, characters. */
const LONGEST = 65_536;

export function PasteBox(props: {
  readonly label: string;
  readonly hint: string;
  readonly testId: string;
  /** Extensions of files that may be chosen; none if absent. */
  readonly files?: string;
  readonly busy?: boolean;
  readonly onText: (text: string) => void;
}): JSX.Element {
  const t = useText();
  const box = useRef<HTMLTextAreaElement>(null);
  const [over, setOver] = useState(false);
  const [long, setLong] = useState(false);
  const take = (text: string): void => {
    if (box.current) box.current.value = '';
    setLong(text.length > LONGEST);
    if (text.trim() !== '' && text.length <= LONGEST) props.onText(text);
  };
  const read = (file: File | undefined): void => {
    if (file && file.size > LONGEST) setLong(true);
    else void file?.text().then(take);
  };
  return (
    <div
      className={over ? 'drop paste over' : 'drop paste'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file) read(file);
        else take(event.dataTransfer.getData('text/plain'));
      }}
    >
      <b>{props.label}</b>
      <span className="mut">{props.hint}</span>
      <span className="row2">
        <textarea
          ref={box}
          rows={1}
          className="hush"
          aria-label={props.label}
          placeholder={t('wizard.pasteHere')}
          autoComplete="off"
          spellCheck={false}
          disabled={props.busy}
          data-testid={props.testId}
          onPaste={(event) => {
            event.preventDefault();
            take(event.clipboardData.getData('text/plain'));
          }}
          onInput={(event) => take(event.currentTarget.value)}
        />
        {props.files !== undefined && (
          <label className="btn">
            <Icon name="dl" size="sm" />
            {t('import.choose')}
            <input
              type="file"
              className="sr"
              accept={props.files}
              data-testid={`${props.testId}-file`}
              onChange={(event) => {
                read(event.target.files?.[0]);
                event.target.value = '';
              }}
            />
          </label>
        )}
      </span>
      {long && (
        <p className="err" role="alert">
          {t('wizard.pasteLong')}
        </p>
      )}
    </div>
  );
}
