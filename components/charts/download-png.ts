/** Screens have 1 to 3 pixels per point; pictures for slides and print get at least two. */
const SCALE_MIN = 2;
const MARGIN_PX = 16;
const SVG_STYLES = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font", "text-anchor"] as const;

/** Saves what an element shows (texts, canvases and SVG drawings, on the page's background) as a PNG. */
export async function downloadPng(element: HTMLElement, fileName: string): Promise<void> {
  const canvas = await drawElement(element);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("The picture could not be drawn.");
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}

async function drawElement(element: HTMLElement): Promise<HTMLCanvasElement> {
  const box = element.getBoundingClientRect();
  const scale = Math.max(SCALE_MIN, window.devicePixelRatio);
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil((box.width + 2 * MARGIN_PX) * scale);
  canvas.height = Math.ceil((box.height + 2 * MARGIN_PX) * scale);
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("This browser cannot draw pictures.");
  pen.scale(scale, scale);
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.translate(MARGIN_PX - box.left, MARGIN_PX - box.top);
  for (const part of element.querySelectorAll("canvas")) {
    const { left, top, width, height } = part.getBoundingClientRect();
    if (width > 0 && height > 0) pen.drawImage(part, left, top, width, height);
  }
  for (const part of element.querySelectorAll<SVGSVGElement>("svg:not(svg svg)")) await drawSvg(pen, part);
  drawTexts(pen, element);
  return canvas;
}

async function drawSvg(pen: CanvasRenderingContext2D, svg: SVGSVGElement): Promise<void> {
  const { left, top, width, height } = svg.getBoundingClientRect();
  if (width === 0 || height === 0) return;
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll<SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  for (const [i, original] of originals.entries()) {
    const style = getComputedStyle(original);
    // A picture of its own knows neither the page's classes nor its colours.
    for (const name of SVG_STYLES) copies[i]?.style.setProperty(name, style.getPropertyValue(name));
  }
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  pen.drawImage(image, left, top, width, height);
}

/** Texts outside of drawings, line by line where the page broke them. */
function drawTexts(pen: CanvasRenderingContext2D, element: HTMLElement): void {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const text = node.textContent?.trim() ?? "";
    if (!parent || text === "" || parent.closest("svg, .sr-only")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const [rect] = range.getClientRects();
    if (!rect || rect.width === 0) continue;
    const { font, color } = getComputedStyle(parent);
    pen.font = font;
    pen.fillStyle = color;
    pen.textBaseline = "middle";
    pen.fillText(text, rect.left, rect.top + rect.height / 2);
  }
}
