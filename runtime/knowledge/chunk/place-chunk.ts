import type { OutlineEntry } from "../parse/parsed-document";
import type { Chunk } from "./chunk";

/** Whether nothing but one line stands between two places. */
export const isOneLine = (text: string, start: number, end: number): boolean => {
  const line = text.slice(start, Math.min(end, start + longestHeadingLine)).trim();
  return end - start < longestHeadingLine && !line.includes("\n");
};
const longestHeadingLine = 500;

interface Heading {
  readonly level: number;
  readonly title: string;
}

const below = (path: readonly Heading[], { level, title }: Heading): Heading[] => [
  ...path.filter((above) => above.level < level),
  { level, title },
];

/**
 * The page on which a passage begins, and the headings above it, among them those that it begins with. Of a passage that holds several
 * sections the headings above all of them are named, and then theirs: it would be wrong to name the first alone. To be asked in
 * the order of the text: the outline is walked once.
 */
export function createPlacer({
  text,
  outline,
}: {
  readonly text: string;
  readonly outline: readonly OutlineEntry[];
}): (start: number, end: number) => Pick<Chunk, "page" | "heading"> {
  let next = 0;
  let page: number | undefined;
  let last = 0;
  let path: Heading[] = [];
  const takes = (entry: OutlineEntry | undefined, start: number, end: number): entry is OutlineEntry => {
    if (!entry || entry.start <= start) return entry !== undefined;
    return entry.kind === "heading" && entry.start < end && last >= start && isOneLine(text, last, entry.start);
  };
  return (start, end) => {
    for (let entry = outline[next]; takes(entry, start, end); entry = outline[++next]) {
      if (entry.kind === "page") page = entry.page;
      else {
        path = below(path, entry);
        last = entry.start;
      }
    }
    const sections = [path];
    for (let at = next, inner = path; at < outline.length && sections.length < mostSections; at++) {
      const entry = outline[at];
      if (!entry || entry.start >= end) break;
      if (entry.kind === "page") continue;
      inner = below(inner, entry);
      sections.push(inner);
    }
    const heading = nameOf(sections);
    return { ...(page === undefined ? {} : { page }), ...(heading === "" ? {} : { heading }) };
  };
}

const mostSections = 200;
const mostNamed = 3;

/** What several sections have above them, outermost first, and then what parts them. */
function nameOf(sections: readonly (readonly Heading[])[]): string {
  const [first = []] = sections;
  let shared = 0;
  while (shared < first.length && sections.every((path) => path[shared]?.title === first[shared]?.title)) shared++;
  const above = first.slice(0, shared).map(({ title }) => title);
  const own = [...new Set(sections.map((path) => path[shared]?.title))];
  // A part of the passage stands directly under what is above all.
  if (own.includes(undefined) && above.length > 0) return above.join(" > ");
  const named = own.filter((title) => title !== undefined);
  const listed = [...named.slice(0, mostNamed), ...(named.length > mostNamed ? ["…"] : [])].join(" · ");
  return [...above, ...(listed === "" ? [] : [listed])].join(" > ");
}
