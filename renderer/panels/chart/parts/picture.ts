/** A chart as a picture: to the clipboard, or to a file. */

function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the canvas gives no picture'))), 'image/png');
  });
}

/** Throws where the browser does not let the page write to the clipboard. */
export async function copyPicture(canvas: HTMLCanvasElement): Promise<void> {
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': pngOf(canvas) })]);
}

export async function savePicture(canvas: HTMLCanvasElement, name: string): Promise<void> {
  const url = URL.createObjectURL(await pngOf(canvas));
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replace(/[\\/:*?"<>|]/g, '_');
  link.click();
  URL.revokeObjectURL(url);
}
