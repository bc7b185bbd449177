/** Why a figure is not known, in the words of the screen. */
import { useCallback } from 'react';
import { whyNotKnown, type NotKnown } from '#shared/threats/risk/index.ts';
import { nameOf } from '../../../store/instruments.ts';
import { useView } from '../../../store/view.ts';

export function useReason(): (figure: NotKnown) => string {
  const ko = useView((state) => state.language === 'ko');
  return useCallback(
    (figure) => {
      const why = whyNotKnown(figure, (id) => (id.includes(':') ? nameOf(id) : id));
      return ko ? why.ko : why.en;
    },
    [ko],
  );
}
