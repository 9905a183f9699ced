import type { PageLine } from "./page-line";

/** So many lines at a page's top and bottom may be its header and footer. */
const edge = 2;
const heightTolerance = 4;
/** Says something, so that another number in it makes it another sentence. */
const sentence = /^.{12,}[.!?。！？]$/u;

/**
 * Which lines are repeated from page to page at the same height: headers, footers and page numbers. Numbers count as equal only
 * where they are in small print and no sentence, or the "Chapter 1", "Chapter 2", … at the top of some pages and the "Sales were 12 million." at their end would
 * be taken for headers and footers.
 */
export function runningLines(pages: readonly (readonly PageLine[])[], bodySize: number): ReadonlySet<PageLine> {
  const groups = new Map<string, { readonly lines: PageLine[]; readonly pages: Set<number> }>();
  const withLines = pages.filter((lines) => lines.length > 0).length;
  const running = pageNumbers(pages);
  pages.forEach((lines, page) => {
    const byHeight = [...lines].sort((a, b) => a.y - b.y);
    const add = (line: PageLine, place: string) => {
      const text = line.text.replace(/\s+/g, "").toLowerCase();
      const isExact = line.size > bodySize * 1.1 || sentence.test(text);
      const key = isExact ? text : text.replace(/\d+|^[-–—]?[ivxlc]+[-–—]?$/g, "#");
      // Neighbouring steps, so that a line just over the border meets its like.
      const step = Math.round(line.y / heightTolerance);
      for (const height of [step, step + 1]) {
        const group = groups.get(`${place} ${height} ${key}`) ?? { lines: [], pages: new Set() };
        groups.set(`${place} ${height} ${key}`, group);
        group.lines.push(line);
        group.pages.add(page);
      }
    };
    for (const line of byHeight.slice(0, edge)) add(line, "top");
    for (const line of byHeight.slice(-edge)) add(line, "bottom");
  });
  for (const [key, group] of groups) {
    const enough = Math.max(3, withLines * (key.includes("#") ? 0.3 : 0.04));
    if (group.pages.size >= enough) for (const line of group.lines) running.add(line);
  }
  return running;
}

/**
 * Lines at a page's edge that are nothing but its number. Pages may be counted from another one than the first, if at least three
 * agree on it.
 */
function pageNumbers(pages: readonly (readonly PageLine[])[]): Set<PageLine> {
  const byOffset = new Map<number, PageLine[]>();
  pages.forEach((lines, index) => {
    const byHeight = [...lines].sort((a, b) => a.y - b.y);
    for (const line of new Set([byHeight[0], byHeight.at(-1)])) {
      const number = line && /^[-–—\s]*(\d{1,4})[-–—\s]*$/.exec(line.text)?.[1];
      if (!line || !number) continue;
      const offset = Number(number) - index - 1;
      byOffset.set(offset, [...(byOffset.get(offset) ?? []), line]);
    }
  });
  const agreed = [...byOffset].filter(([offset, lines]) => offset === 0 || lines.length >= 3);
  return new Set(agreed.flatMap(([, lines]) => lines));
}
