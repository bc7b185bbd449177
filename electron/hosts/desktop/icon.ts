/** Draws the program's sign: a roof over a floor, 마루 being both the ridge and the floor. As PNG, without a file. */
import { crc32, deflateSync } from 'node:zlib';

/** Red, green, blue, 0 to 255. */
export type Colour = readonly [number, number, number];

export interface IconLook {
  readonly ink: Colour;
  /** Ground behind the sign; null: none. */
  readonly ground: Colour | null;
  /** A spot in the corner that tells a state; null: none. */
  readonly spot: Colour | null;
}

/** The sign as the packed program carries it. */
export const ICON_LOOK: IconLook = { ink: [255, 255, 255], ground: [22, 27, 36], spot: null };

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Samples a pixel and side: edges are smooth. */
const SAMPLES = 4;

type Test = (x: number, y: number) => boolean;

/** Within half a width of the line between two points. */
function near(
  x: number,
  y: number,
  from: readonly [number, number],
  to: readonly [number, number],
  half: number,
): boolean {
  const [ax, ay] = from;
  const [bx, by] = to;
  const length2 = (bx - ax) ** 2 + (by - ay) ** 2;
  const along = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2));
  return (x - ax - along * (bx - ax)) ** 2 + (y - ay - along * (by - ay)) ** 2 <= half ** 2;
}

/** The shapes in the unit square, the last one on top. */
function layers({ ink, ground, spot }: IconLook): { readonly colour: Colour; readonly inside: Test }[] {
  const half = 0.065;
  const sign: Test = (x, y) =>
    near(x, y, [0.17, 0.5], [0.5, 0.24], half) ||
    near(x, y, [0.5, 0.24], [0.83, 0.5], half) ||
    near(x, y, [0.2, 0.76], [0.8, 0.76], half);
  const panel: Test = (x, y) => {
    const dx = Math.max(0, Math.abs(x - 0.5) - 0.32);
    const dy = Math.max(0, Math.abs(y - 0.5) - 0.32);
    return dx * dx + dy * dy <= 0.18 ** 2;
  };
  return [
    ...(ground ? [{ colour: ground, inside: panel }] : []),
    { colour: ink, inside: sign },
    ...(spot ? [{ colour: spot, inside: ((x, y) => (x - 0.78) ** 2 + (y - 0.78) ** 2 <= 0.21 ** 2) as Test }] : []),
  ];
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const framed = Buffer.alloc(8 + body.length);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), 4 + body.length);
  return framed;
}

/** The sign in `size` by `size` pixels. */
export function drawIcon(size: number, look: IconLook): Buffer {
  const shapes = layers(look);
  const row = 1 + size * 4;
  const pixels = Buffer.alloc(row * size);
  for (let py = 0; py < size; py += 1) {
    for (let px = 0; px < size; px += 1) {
      const sums = [0, 0, 0, 0];
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
        const x = (px + ((sample % SAMPLES) + 0.5) / SAMPLES) / size;
        const y = (py + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) / size;
        const shape = shapes.findLast(({ inside }) => inside(x, y));
        if (!shape) continue;
        shape.colour.forEach((part, at) => (sums[at] = (sums[at] ?? 0) + part));
        sums[3] = (sums[3] ?? 0) + 1;
      }
      const covered = sums[3] ?? 0;
      if (covered === 0) continue;
      const at = py * row + 1 + px * 4;
      for (let part = 0; part < 3; part += 1) pixels[at + part] = Math.round((sums[part] ?? 0) / covered);
      pixels[at + 3] = Math.round((255 * covered) / (SAMPLES * SAMPLES));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // Eight bits a channel, with transparency.
  header.writeUInt8(8, 8);
  header.writeUInt8(6, 9);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
