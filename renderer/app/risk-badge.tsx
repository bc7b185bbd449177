/** The risk score in the status bar: the number, its word and its colour; a press opens the threat centre. */
import type { JSX } from 'react';
import { useConnection } from '../store/connection.ts';
import { useThreats } from '../store/threats.ts';
import { showView } from '../store/work.ts';
import { useText } from '../text/index.ts';
import { UNKNOWN } from '../ui/format.ts';
import { Icon } from '../ui/icons.tsx';
import { LEVEL_INK, riskLevel } from '../ui/risk-level.ts';

export function RiskBadge(): JSX.Element {
  const t = useText();
  const open = useConnection((state) => state.link.phase === 'open');
  const total = useThreats((state) => state.scores?.total ?? null);
  const waiting = useThreats((state) => [...state.plays.values()].filter((play) => play.state === 'proposed').length);
  const level = total === null ? null : riskLevel(total);
  // Without a line the last score says nothing of now.
  const ink = open && level ? LEVEL_INK[level] : '';
  return (
    <button
      type="button"
      className="riskb"
      data-testid="risk-badge"
      data-level={open ? (level ?? '') : ''}
      title={t('threats.badge')}
      onClick={() => showView('threats')}
    >
      <Icon name="shield" size="sm" />
      {t('threats.risk')} <b className={`num ${ink}`}>{open && total !== null ? Math.round(total) : UNKNOWN}</b>
      {open && level && <span className={ink}>{t(`threats.level.${level}`)}</span>}
      {open && waiting > 0 && <span className="chip high">{t('threats.waiting', { count: waiting })}</span>}
    </button>
  );
}
