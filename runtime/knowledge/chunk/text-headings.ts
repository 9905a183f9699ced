export interface TextHeading {
  readonly title: string;
  readonly level: number;
  /** Where its line begins. */
  readonly start: number;
}

const longest = 200;
const fence = /^ {0,3}(`{3,}|~{3,})/;
const atx = /^ {0,3}(#{1,6})[ \t](.*)$/;
/** Hashes may close a heading as they open it; they stand by themselves. */
const closingHashes = /(?:^|[ \t])(?<!#)#+$/;
const underline = /^ {0,3}(=+|-{2,})[ \t]*$/;
const notParagraph = /^(?: {4}|\t| {0,3}(?:[-*+>|#]|\d+[.)] ))/;

/** The headings of a Markdown text, those with # and those underlined with = or -; code blocks have none. */
export function markdownHeadings(text: string): TextHeading[] {
  const headings: TextHeading[] = [];
  let open: string | undefined;
  let before: { readonly line: string; readonly start: number } | undefined;
  for (const { line, start } of lines(text)) {
    const mark = fence.exec(line)?.[1];
    if (open !== undefined) {
      if (mark?.startsWith(open) && line.trim() === mark) open = undefined;
      continue;
    }
    if (mark) {
      open = mark;
      before = undefined;
      continue;
    }
    const [, hashes, words = ""] = atx.exec(line) ?? [];
    const title = words.trim().replace(closingHashes, "").trim();
    const under = underline.exec(line)?.[1];
    if (hashes && title) headings.push({ title: plain(title), level: hashes.length, start });
    else if (under && before && !notParagraph.test(before.line)) {
      headings.push({ title: plain(before.line), level: under.startsWith("=") ? 1 : 2, start: before.start });
    }
    before = line.trim() === "" || hashes || under ? undefined : { line, start };
  }
  return headings.filter(({ title }) => title !== "");
}

const chapter =
  /^[ \t\u3000]*(?:第[一二三四五六七八九十百千零〇两\d]{1,7}([编部卷章回节篇])(?:[ \t\u3000:：].{0,60})?|(chapter|part)[ \t]+(?:\d{1,4}|[ivxlc]{1,7})(?:[ \t.:—-].{0,80})?)$/i;
const chapterLevels: Readonly<Record<string, number>> = {
  编: 1,
  部: 1,
  卷: 1,
  part: 1,
  篇: 1,
  章: 2,
  回: 2,
  chapter: 2,
  节: 3,
};

/** Lines of a plain text that call themselves a chapter: "Chapter 3: …", "第三章 …". */
export function chapterHeadings(text: string): TextHeading[] {
  const headings: TextHeading[] = [];
  for (const { line, start } of lines(text)) {
    if (line.length > longest) continue;
    const [, chinese, english] = chapter.exec(line) ?? [];
    const level = chapterLevels[chinese ?? english?.toLowerCase() ?? ""];
    if (level) headings.push({ title: line.trim(), level, start });
  }
  return headings;
}

/** Without the marks of emphasis, code and links. */
const plain = (title: string): string =>
  title
    .slice(0, longest)
    .replace(/!?\[([^\][]*)\]\([^()]*\)/g, "$1")
    .replace(/[*`]+|(?<!\w)_+|(?<!_)_+(?!\w)/g, "")
    .trim();

function* lines(text: string): Generator<{ readonly line: string; readonly start: number }> {
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    // A line that long is no heading, whatever stands further on.
    yield { line: text.slice(start, Math.min(end, start + 1000)), start };
    start = end + 1;
  }
}
