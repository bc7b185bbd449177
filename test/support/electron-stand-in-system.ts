/** The stand-in's session, dialogs, tray, screens and what else belongs to the system. */
import { EventEmitter } from 'node:events';

type Answer = (granted: boolean) => void;

type Asked = (contents: unknown, permission: string, answer: Answer, details: object) => void;
type Checked = (contents: unknown, permission: string, origin: string, details: object) => boolean;

class Session {
  #onRequest: Asked = (_contents, _permission, answer) => answer(true);
  #onCheck: Checked = () => true;

  /** @cites api/session "Sets the handler which can be used to respond to permission requests for the `session`. Calling `callback(true)` will allow the permission and `callback(false)` will reject it." */
  setPermissionRequestHandler(handler: Asked): void {
    this.#onRequest = handler;
  }
  /** @cites api/session "Sets the handler which can be used to respond to permission checks for the `session`. Returning `true` will allow the permission and `false` will reject it." */
  setPermissionCheckHandler(handler: Checked): void {
    this.#onCheck = handler;
  }
  /** @cites api/session "Sets the handler which can be used to respond to device permission checks for the `session`." */
  setDevicePermissionHandler(): void {
    // No devices here.
  }
  /** @cites api/structures/permission-request "The last URL the requesting frame loaded." */
  ask(contents: unknown, permission: string, url: string): Promise<boolean> {
    return new Promise((granted) =>
      this.#onRequest(contents, permission, granted, { isMainFrame: true, requestingUrl: url }),
    );
  }
  /** @page api/session: the origin of the requesting frame, with a slash behind it. */
  check(contents: unknown, permission: string, url: string): boolean {
    const { protocol: scheme, host } = new URL(url);
    return this.#onCheck(contents, permission, `${scheme}//${host}/`, { isMainFrame: true, requestingUrl: url });
  }
}

export const session = { defaultSession: new Session() };

export const shell = {
  /** @cites api/shell "Open the given external protocol URL in the desktop's default manner." */
  openExternal: (): Promise<void> => Promise.resolve(),
  /** @cites api/shell "Open the given file in the desktop's default manner." */
  openPath: (): Promise<string> => Promise.resolve(''),
};

export const dialog = {
  /** @cites api/dialog "Displays a modal dialog that shows an error message." */
  showErrorBox: (): void => undefined,
  /** @page api/dialog: dialog.showOpenDialog resolves with `canceled` and `filePaths`. */
  showOpenDialog: (): Promise<object> => Promise.resolve({ canceled: true, filePaths: [] }),
  /** @cites api/dialog "The index of the clicked button." */
  showMessageBox: (): Promise<object> => Promise.resolve({ response: 0, checkboxChecked: false }),
};

export const nativeImage = {
  /** @cites api/native-image "Creates a new `NativeImage` instance from `buffer`. Tries to decode as PNG or JPEG first." */
  createFromBuffer: (png: Buffer): { readonly png: Buffer } => {
    if (png.readUInt32BE(0) !== 0x89_50_4e_47) throw new Error('not a PNG');
    return { png };
  },
};

export class Tray extends EventEmitter {
  /** @cites api/tray "Sets the `image` associated with this tray icon." */
  setImage(): void {
    // Nothing to see here.
  }
  /** @cites api/tray "Sets the hover text for this tray icon." */
  setToolTip(): void {
    // As above.
  }
  /** @cites api/tray "Sets the context menu for this icon." */
  setContextMenu(): void {
    // As above.
  }
  /** @cites api/tray "Destroys the tray icon immediately." */
  destroy(): void {
    this.removeAllListeners();
  }
}

/** @cites api/power-monitor "Emitted when the system is about to reboot or shut down." */
export const powerMonitor = new EventEmitter();

const DISPLAY = { id: 1, workArea: { x: 0, y: 0, width: 1_920, height: 1_040 } };
export const screen = {
  /** @cites api/screen "An array of displays that are currently available." */
  getAllDisplays: () => [DISPLAY],
  /** @cites api/screen "The primary display." */
  getPrimaryDisplay: () => DISPLAY,
};
