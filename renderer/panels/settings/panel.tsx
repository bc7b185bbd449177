/** Theme, colours of direction, language; and what the program is made with. */
import type { JSX } from 'react';
import { openWizard } from '../../client/connections.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useConnection } from '../../store/connection.ts';
import { useCore } from '../../store/core.ts';
import { closeDialog, openDialog } from '../../store/overlay.ts';
import { useView } from '../../store/view.ts';
import { useText } from '../../text/index.ts';
import { Segment } from '../../ui/controls.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { NoticeSettings } from './notice-settings.tsx';

const THEMES = ['dark', 'light', 'hc'] as const;
const UP_DOWN = ['kr', 'west', 'safe'] as const;
const LANGUAGES = ['ko', 'en'] as const;

export function SettingsDialog(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const { theme, upDown, language } = useView();
  const dataDir = useCore((state) => state.dataDir);
  const version = useConnection((state) => state.version);
  return (
    <Dialog title={t('settings.title')} closeLabel={t('common.close')} onClose={closeDialog} testId="settings-dialog">
      <div className="row">
        <span className="l">{t('settings.theme')}</span>
        <Segment
          label={t('settings.theme')}
          choices={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
          value={theme}
          onChange={(value) => void workstation.setPreferences({ theme: value })}
          testId="settings-theme"
        />
      </div>
      <div className="row">
        <span className="l">{t('settings.upDown')}</span>
        <Segment
          label={t('settings.upDown')}
          choices={UP_DOWN.map((value) => ({ value, label: t(`updown.${value}`), title: t(`updown.${value}.hint`) }))}
          value={upDown}
          onChange={(value) => void workstation.setPreferences({ upDown: value })}
          testId="settings-updown"
        />
      </div>
      <div className="row">
        <span className="l">{t('settings.language')}</span>
        <Segment
          label={t('settings.language')}
          choices={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
          value={language}
          onChange={(value) => void workstation.setPreferences({ language: value })}
          testId="settings-language"
        />
      </div>
      <p className="note">{t('settings.languageHint')}</p>
      <NoticeSettings />
      <div className="row">
        <span className="l">KIS</span>
        <span className="grp">
          <button
            type="button"
            className="btn"
            onClick={() => openDialog('connections')}
            data-testid="settings-connections"
          >
            {t('conn.title')}
          </button>
          <button type="button" className="btn" onClick={() => openWizard()} data-testid="settings-wizard">
            {t('wizard.open')}
          </button>
        </span>
      </div>
      <div className="kvl">
        <span className="l">{t('settings.data')}</span>
        <span className="v el" title={dataDir ?? ''}>
          {dataDir}
        </span>
        <span className="l">{t('settings.version')}</span>
        <span className="v num">{version}</span>
      </div>
      <p className="note">
        {t('settings.chartBy')}{' '}
        <a href="https://www.tradingview.com/" target="_blank" rel="noreferrer">
          TradingView Lightweight Charts™
        </a>
      </p>
    </Dialog>
  );
}
