import type { FlagMark } from "#lib/charts/flags";

export interface LaneItem extends FlagMark {
  /** Wide enough for a box with its own words. */
  isBox: boolean;
  /** Where the shape stands, pixels from the left. */
  shapeX: number;
  text: string;
  /** Where the words stand; null when there is no room. */
  textX: number | null;
  /** Inside the box, in its colour; else beside it, muted. */
  isTextInside: boolean;
}

const BOX_PX_MIN = 12;
const TEXT_INSIDE_PX_MIN = 60;
const CHARACTER_PX = 5.8;

function isWide(mark: FlagMark | undefined): boolean {
  return mark !== undefined && mark.rightPx - mark.leftPx >= TEXT_INSIDE_PX_MIN;
}

/** Places words inside wide spans and beside narrow ones, as long as they touch nothing. */
export function laneItems(marks: readonly FlagMark[], widthPx: number): LaneItem[] {
  const shapes = marks.map((mark) => ({ from: mark.leftPx - 7, to: Math.max(mark.rightPx, mark.leftPx) + 7 }));
  const taken = [...shapes];
  return marks.map((mark, index) => {
    const spanPx = mark.rightPx - mark.leftPx;
    const middle = (mark.leftPx + mark.rightPx) / 2;
    const text = mark.count > 1 ? `${mark.check} × ${mark.count}` : mark.check;
    const base = { ...mark, isBox: spanPx >= BOX_PX_MIN, text, isTextInside: isWide(mark) };
    const long = `${text}, flag ${mark.flag}`;
    if (isWide(mark)) {
      const textX = mark.leftPx + 21;
      const isClear = (to: number) =>
        shapes.every((shape, i) => i === index || isWide(marks[i]) || shape.to < textX || shape.from > to);
      const fitting = [long, text].find((words) => {
        const widthOf = words.length * CHARACTER_PX;
        return widthOf + 28 < spanPx && isClear(textX + widthOf);
      });
      return { ...base, text: fitting ?? "", shapeX: mark.leftPx + 11, textX: fitting ? textX : null };
    }
    const shapeX = Math.min(widthPx - 6, Math.max(6, middle));
    const from = Math.max(mark.rightPx, shapeX + 5) + 4;
    const to = from + text.length * CHARACTER_PX;
    const isFree = to < widthPx && taken.every((place, i) => i === index || from >= place.to || to <= place.from);
    if (isFree) taken.push({ from, to });
    return { ...base, shapeX, textX: isFree ? from : null };
  });
}
