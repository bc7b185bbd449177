/** Draws the program's icon for packing: `node build/resources/make-icon.mjs`. The tray draws the same sign by itself. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { drawIcon, ICON_LOOK } from '../../electron/hosts/desktop/icon.ts';

/** Side of the picture that the packers scale down, pixels: macOS asks for this much. */
const SIDE = 1_024;

mkdirSync(new URL('../icons/', import.meta.url), { recursive: true });
writeFileSync(new URL('../icons/icon.png', import.meta.url), drawIcon(SIDE, ICON_LOOK));
