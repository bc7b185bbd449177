/** Which board the market panels show together. */
import { create } from 'zustand';
import type { BoardScope } from '#shared/domain/index.ts';

interface BoardChoice {
  readonly scope: BoardScope;
}

export const useBoardChoice = create<BoardChoice>(() => ({ scope: 'market' }));

export function setBoardScope(scope: BoardScope): void {
  useBoardChoice.setState({ scope });
}
