/** Everything between the bars and the status line: what holds now, and the panels. */
import type { JSX } from 'react';
import { useConnection } from '../store/connection.ts';
import { Banners } from './banners.tsx';
import { Dock } from './dock/dock.tsx';
import { SwitchVeil } from './environment-banners.tsx';

export function WorkArea(): JSX.Element {
  const offline = useConnection((state) => state.link.phase !== 'open');
  return (
    <main className={offline ? 'work dead' : 'work'}>
      <Banners />
      <Dock />
      <SwitchVeil />
    </main>
  );
}
