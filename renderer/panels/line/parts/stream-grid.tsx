/** Every stream of the line: what it carries, whether by registration or by polling, and how old its last record is. */
import type { JSX } from 'react';
import type { KisHealth } from '#shared/domain/index.ts';
import { nameOf, useInstruments } from '../../../store/instruments.ts';
import { useText } from '../../../text/index.ts';
import { number } from '../../../ui/format.ts';
import { Light } from '../../../ui/icons.tsx';
import { spanText } from '../../../ui/span-text.ts';
import { aged, type Level, streamLevel } from './figures.ts';

const SHAPE: Readonly<Record<Level, 'ok' | 'warn' | 'bad'>> = { ok: 'ok', mid: 'warn', high: 'bad' };
const CLASS: Readonly<Record<Level, string>> = { ok: 'okc', mid: 'midc', high: 'highc' };

/** The issue of a stream's key by name, or the key itself: an account's own is masked by the core. */
function keyText(key: string): string {
  const name = nameOf(`KRX:${key}`);
  return name === key ? key : `${name} ${key}`;
}

export function StreamGrid({ health, sinceMs }: { readonly health: KisHealth; readonly sinceMs: number }): JSX.Element {
  const t = useText();
  useInstruments((state) => state.byId);
  if (health.streams.length === 0) return <p className="note">{t('line.noStreams')}</p>;
  return (
    <table className="lgrid" data-testid="line-streams">
      <thead>
        <tr>
          <th>{t('line.stream')}</th>
          <th>{t('line.key')}</th>
          <th>{t('line.way')}</th>
          <th className="r">{t('line.last')}</th>
          <th className="r">{t('line.records')}</th>
        </tr>
      </thead>
      <tbody>
        {health.streams.map((stream) => {
          const level = streamLevel(stream, aged(health.socket.lastMessageMs, sinceMs));
          return (
            <tr key={`${stream.api}|${stream.key}`} className={stream.alarmKo === null ? '' : 'alarm'}>
              <td>
                {stream.nameKo} <span className="mut mono">{stream.api}</span>
                {stream.alarmKo !== null && <div className="midc">{stream.alarmKo}</div>}
              </td>
              <td className="num">{keyText(stream.key)}</td>
              <td className={CLASS[level]}>
                <span className="lt2">
                  <Light state={stream.state === 'polled' && level === 'ok' ? 'off' : SHAPE[level]} />
                  {t(`line.state.${stream.state}`)}
                </span>
              </td>
              <td className="r num">{spanText(t, aged(stream.lastMs, sinceMs))}</td>
              <td className="r num">{number(stream.records)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
