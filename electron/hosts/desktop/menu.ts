/** The application menu: few entries, in Korean. */
import type { MenuItemConstructorOptions } from 'electron';

/** What the menu starts. */
export interface MenuActs {
  importFiles(): void;
  showDataFolder(): void;
}

/** The menu as a template; macOS has its own first menu. */
export function menuTemplate(parts: {
  readonly platform: NodeJS.Platform;
  readonly packaged: boolean;
  readonly acts: MenuActs;
}): MenuItemConstructorOptions[] {
  const { acts } = parts;
  const file: MenuItemConstructorOptions = {
    label: '파일',
    submenu: [
      { label: '일별 시세 파일 가져오기…', accelerator: 'CmdOrCtrl+O', click: () => acts.importFiles() },
      { label: '자료 폴더 열기', click: () => acts.showDataFolder() },
      { type: 'separator' },
      { role: 'quit', label: '끝내기' },
    ],
  };
  const edit: MenuItemConstructorOptions = {
    label: '편집',
    submenu: [
      { role: 'undo', label: '실행 취소' },
      { role: 'redo', label: '다시 실행' },
      { type: 'separator' },
      { role: 'cut', label: '잘라내기' },
      { role: 'copy', label: '복사' },
      { role: 'paste', label: '붙여넣기' },
      { role: 'selectAll', label: '모두 선택' },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: '보기',
    submenu: [
      { role: 'resetZoom', label: '원래 크기' },
      { role: 'zoomIn', label: '크게' },
      { role: 'zoomOut', label: '작게' },
      { role: 'togglefullscreen', label: '전체 화면' },
      ...(parts.packaged ? [] : [{ role: 'toggleDevTools' as const, label: '개발자 도구' }]),
    ],
  };
  const appMenu: MenuItemConstructorOptions[] = parts.platform === 'darwin' ? [{ role: 'appMenu', label: '마루' }] : [];
  return [...appMenu, file, edit, view];
}
