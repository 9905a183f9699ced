import { areaOf, type Box, intersection } from "./matrix";
import type { PageContent } from "./page-lines";

/** Fewer signs than this are no text, but the remains of one on a scanned page. */
const leastText = 3;
/** So many signs on a page that is one picture are a stamp, a date, a number; more of them are its text. */
const mostStamped = 250;
/** Of the page: a picture is the page, or a large part of it. */
const share = { page: 0.6, part: 0.25 } as const;
/** So many shapes are letters that were made to curves. */
const leastShapes = 100;
/** Of the page's height, above and below: where headers and footers stand. */
const margin = 0.13;

/**
 * What of a page only its picture tells: all of it, all since its letters cannot be read, a part beside its text, or nothing. What somebody has read in a scan
 * and put under it counts as text.
 */
export function pictureNeed({ lines, drawing, unreadable }: PageContent): "all" | "unreadable" | "part" | "none" {
  const signs = lines.reduce((sum, { text }) => sum + text.length, 0);
  const largest = drawing.pictures.reduce((most, box) => Math.max(most, shareOf(box, drawing.page)), 0);
  const together = Math.min(
    1,
    drawing.pictures.slice(0, 2000).reduce((sum, box) => sum + shareOf(box, drawing.page), 0),
  );
  if (signs < leastText) return drawing.pictures.length > 0 || drawing.shapes >= leastShapes ? "all" : "none";
  if (unreadable > 0.3 * signs) return "unreadable";
  if (Math.max(largest, together) >= share.page) {
    const inMargins = lines.every(
      ({ y, turn }) =>
        (turn ?? 0) === 0 && (y < drawing.page.bottom * margin || y > drawing.page.bottom * (1 - margin)),
    );
    if (signs <= mostStamped || inMargins) return "all";
    return "none";
  }
  return largest >= share.part ? "part" : "none";
}

const shareOf = (box: Box, page: Box): number => areaOf(intersection(box, page)) / Math.max(1, areaOf(page));
