import type uPlot from "uplot";
import { valueNear } from "#lib/charts/align";
import { flagMarks, isSparse, toneOfFlag, type FlagMark } from "#lib/charts/flags";
import { instantText } from "#lib/charts/time-ticks";
import type { ChartTheme } from "./chart-theme.ts";
import type { SeriesModel } from "./series-model.ts";
import { shapePath } from "./shape-mark.tsx";

/** What the canvas hooks draw; replaced as a whole when data or theme change. */
export interface Scene {
  model: SeriesModel;
  theme: ChartTheme;
}

/** Narrower spans are points: a shape at the value instead of a wash. */
const SPAN_PX_MIN = 4;
const HATCH_STEP_PX = 6;
const MARK_SPACING_PX = 8;
const RUG_PX = 4;

interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Draws inside the plot area only, in CSS pixels, and leaves the canvas as it was. */
function within(u: uPlot, draw: (ctx: CanvasRenderingContext2D, area: Area) => void): void {
  const ratio = devicePixelRatio;
  const { ctx, bbox } = u;
  ctx.save();
  ctx.scale(ratio, ratio);
  const area = {
    left: bbox.left / ratio,
    top: bbox.top / ratio,
    width: bbox.width / ratio,
    height: bbox.height / ratio,
  };
  ctx.beginPath();
  ctx.rect(area.left, area.top, area.width, area.height);
  ctx.clip();
  draw(ctx, area);
  ctx.restore();
}

function marksOf({ model }: Scene, area: Area): FlagMark[] {
  return flagMarks(model.chart.flags, { ...model.range, widthPx: area.width });
}

function hatch(ctx: CanvasRenderingContext2D, area: Area, colour: string): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(area.left, area.top, area.width, area.height);
  ctx.clip();
  ctx.globalAlpha = 0.5;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.beginPath();
  // Anchored to the canvas, so that neighbouring hatches join.
  const first = Math.floor((area.left - area.height) / HATCH_STEP_PX) * HATCH_STEP_PX;
  for (let x = first; x < area.left + area.width; x += HATCH_STEP_PX) {
    ctx.moveTo(x, area.top + area.height);
    ctx.lineTo(x + area.height, area.top);
  }
  ctx.stroke();
  ctx.restore();
}

function edge(ctx: CanvasRenderingContext2D, x: number, area: Area): void {
  const crisp = Math.round(x) + 0.5;
  ctx.beginPath();
  ctx.moveTo(crisp, area.top);
  ctx.lineTo(crisp, area.top + area.height);
  ctx.stroke();
}

function span(
  ctx: CanvasRenderingContext2D,
  area: Area,
  mark: { leftPx: number; rightPx: number; flag: FlagMark["flag"] },
  theme: ChartTheme,
) {
  const colours = theme.tones[toneOfFlag(mark.flag)];
  const part = { ...area, left: area.left + mark.leftPx, width: mark.rightPx - mark.leftPx };
  ctx.globalAlpha = mark.flag === 4 ? 0.8 : 1;
  ctx.fillStyle = colours.wash;
  ctx.fillRect(part.left, part.top, part.width, part.height);
  ctx.globalAlpha = 1;
  if (mark.flag === 9) hatch(ctx, part, colours.mark);
  ctx.strokeStyle = colours.mark;
  ctx.lineWidth = 1;
  if (mark.leftPx > 0) edge(ctx, part.left, area);
  if (mark.rightPx < area.width) edge(ctx, part.left + part.width - 1, area);
}

/** A strip along the bottom where many short flags stand too close to be told apart. */
function rug(ctx: CanvasRenderingContext2D, area: Area, mark: FlagMark, theme: ChartTheme): void {
  const width = Math.max(2, mark.rightPx - mark.leftPx);
  ctx.fillStyle = theme.tones[toneOfFlag(mark.flag)].mark;
  ctx.fillRect(area.left + mark.leftPx, area.top + area.height - RUG_PX, width, RUG_PX);
}

/** Gaps in the data that no flag explains are hatched like missing ones. */
function gapMarks({ model }: Scene, area: Area) {
  const { fromMs, toMs } = model.range;
  const pxPerMs = area.width / (toMs - fromMs);
  const missing = model.chart.flags.filter(({ flag }) => flag === 9);
  return model.gaps
    .filter(({ startAt, endAt }) => endAt > fromMs && startAt < toMs)
    .filter(({ startAt, endAt }) => !missing.some((flag) => flag.startAt < endAt && flag.endAt > startAt))
    .map(({ startAt, endAt }) => ({
      flag: 9 as const,
      leftPx: Math.max(0, (startAt - fromMs) * pxPerMs),
      rightPx: Math.min(area.width, (endAt - fromMs) * pxPerMs),
    }));
}

/** Under the lines: the band, gaps and the washes of flagged spans. */
export function drawUnder(u: uPlot, scene: Scene): void {
  const { model, theme } = scene;
  within(u, (ctx, area) => {
    const marks = marksOf(scene, area);
    const spans = [...gapMarks(scene, area), ...marks.filter((mark) => !isSparse(mark))];
    for (const mark of spans) if (mark.rightPx - mark.leftPx >= SPAN_PX_MIN) span(ctx, area, mark, theme);
    for (const mark of marks.filter(isSparse)) rug(ctx, area, mark, theme);
    const { band } = model.chart;
    const hasResidual = model.chart.series.some(({ kind }) => kind === "residual");
    if (!band || hasResidual !== (model.panel === "residual")) return;
    const top = u.valToPos(band.to, "y") + area.top;
    ctx.globalAlpha = 0.7;
    ctx.fillStyle = theme.line;
    ctx.fillRect(area.left, top, area.width, u.valToPos(band.from, "y") + area.top - top);
  });
}

function drawRule(
  ctx: CanvasRenderingContext2D,
  area: Area,
  rule: { y: number; colour: string; label?: string },
  theme: ChartTheme,
) {
  const y = Math.round(rule.y) + 0.5;
  ctx.strokeStyle = rule.colour;
  ctx.lineWidth = 1;
  ctx.setLineDash(rule.label ? [4, 3] : []);
  ctx.beginPath();
  ctx.moveTo(area.left, y);
  ctx.lineTo(area.left + area.width, y);
  ctx.stroke();
  ctx.setLineDash([]);
  if (!rule.label) return;
  const isAtTop = y < area.top + 18;
  label(
    ctx,
    rule.label,
    { x: area.left + area.width - 4, y: isAtTop ? y + 13 : y - 5, align: "right", colour: theme.ink },
    theme,
  );
}

interface LabelPlace {
  x: number;
  y: number;
  align: CanvasTextAlign;
  colour: string;
}

/** Text with a halo of the surface, readable over lines. */
function label(ctx: CanvasRenderingContext2D, text: string, place: LabelPlace, theme: ChartTheme): void {
  ctx.font = `600 11px ${theme.font}`;
  ctx.textAlign = place.align;
  ctx.textBaseline = "alphabetic";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3;
  ctx.globalAlpha = 0.75;
  ctx.strokeStyle = theme.surface;
  ctx.strokeText(text, place.x, place.y);
  ctx.globalAlpha = 1;
  ctx.fillStyle = place.colour;
  ctx.fillText(text, place.x, place.y);
}

/** Words at the top of spans wide enough for them; the worst flag speaks where several overlap. */
function drawWords(ctx: CanvasRenderingContext2D, area: Area, top: number, scene: Scene): void {
  const { model, theme } = scene;
  const taken: [number, number][] = [];
  ctx.font = `600 11px ${theme.font}`;
  for (const mark of marksOf(scene, area).toReversed()) {
    if (isSparse(mark)) continue;
    const isOpen = mark.endAt >= model.range.toMs && mark.startAt > model.range.fromMs;
    const long = `${mark.check}, since ${instantText(mark.startAt, model.chart.timeZone)}`;
    const fitting = (isOpen ? [long, mark.check] : [mark.check]).find(
      (text) => ctx.measureText(text).width + 12 < mark.rightPx - mark.leftPx,
    );
    if (!fitting) continue;
    const from = mark.leftPx;
    const to = from + ctx.measureText(fitting).width + 12;
    if (taken.some(([a, b]) => from < b && to > a)) continue;
    taken.push([from, to]);
    const colour = theme.tones[toneOfFlag(mark.flag)].text;
    label(ctx, fitting, { x: area.left + from + 6, y: top + 14, align: "left", colour }, theme);
  }
}

/** A shape at the value of each flag that is too short for a wash. */
function drawPoints(u: uPlot, ctx: CanvasRenderingContext2D, area: Area, scene: Scene): void {
  const { model, theme } = scene;
  const observed = model.series.findLast(({ kind }) => kind === "observed");
  if (!observed) return;
  let lastX = -Infinity;
  for (const mark of marksOf(scene, area)) {
    if (mark.rightPx - mark.leftPx >= SPAN_PX_MIN) continue;
    const value = valueNear(observed.points, (mark.startAt + mark.endAt) / 2, model.tolerances.get(observed.id) ?? 0);
    const x = area.left + (mark.leftPx + mark.rightPx) / 2;
    if (value === null || Math.abs(x - lastX) < MARK_SPACING_PX) continue;
    lastX = x;
    const tone = toneOfFlag(mark.flag);
    const shape = new Path2D(
      shapePath(tone, { x, y: Math.max(area.top + 6, u.valToPos(value, "y") + area.top), r: 4.5 }),
    );
    ctx.fillStyle = theme.tones[tone].mark;
    ctx.strokeStyle = theme.surface;
    ctx.lineWidth = 2.4;
    ctx.stroke(shape);
    ctx.fill(shape);
  }
}

/** Over the lines: limits, zero line of residuals, words and shapes of flags. */
export function drawOver(u: uPlot, scene: Scene): void {
  const { model, theme } = scene;
  within(u, (ctx, area) => {
    const yOf = (value: number) => u.valToPos(value, "y") + area.top;
    if (model.panel === "residual") {
      drawRule(ctx, area, { y: yOf(0), colour: theme.muted }, theme);
      return;
    }
    for (const { value, label: text } of model.chart.limits) {
      if (value < model.y.min || value > model.y.max) continue;
      drawRule(ctx, area, { y: yOf(value), colour: theme.ink, label: text }, theme);
    }
    drawPoints(u, ctx, area, scene);
    const limitsAtTop = model.chart.limits
      .map(({ value }) => yOf(value))
      .filter((y) => y >= area.top && y < area.top + 34);
    drawWords(ctx, area, Math.max(area.top, ...limitsAtTop), scene);
  });
}
