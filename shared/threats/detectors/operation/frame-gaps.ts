/** How long a source of frames is usually silent: learnt from the gaps between its frames, at one comparison a frame. */

/** Frames of one burst lie closer together than this; their gaps say nothing of silence. */
const BURST_MS = 100;
/** A longer gap is a pause of the day, no habit. */
const PAUSE_MS = 120_000;
/** The first gaps set the figure by their longest. */
const FIRST = 20;
/** Later ones move it: up by 5 % when longer, down by 0.05 % when not, which comes to rest where 1 % are longer. */
const UP = 1.05;
const DOWN = 0.9995;

export class FrameGaps {
  /** Time of the last frame; 0: none yet. */
  last = 0;
  frames = 0;
  /** The gap that one of a hundred exceeds, ms. */
  usual = 0;
  #gaps = 0;

  /** A frame at `ts`. `learns`: the gap before it was a usual one. */
  add(ts: number, learns: boolean): void {
    const gap = ts - this.last;
    this.last = ts;
    this.frames += 1;
    if (gap < BURST_MS || gap > PAUSE_MS || !learns) return;
    if (this.#gaps < FIRST) {
      this.#gaps += 1;
      if (gap > this.usual) this.usual = gap;
    } else this.usual *= gap > this.usual ? UP : DOWN;
  }

  /** Learns anew; the time of the last frame stays. */
  forget(): void {
    this.frames = 0;
    this.usual = 0;
    this.#gaps = 0;
  }
}
