import { fencedBlocks } from "../chunk/fenced-blocks";

/** A picture that is written into the text itself, of which no one can read a sign. */
const dataStart = /data:[\w.+-]{1,80}\/[\w.+-]{1,80}(?:;[\w=.+-]{1,80}){0,5};base64,/gi;
const base64 = /[A-Za-z0-9+/=_-]/;
const leastData = 100;

/** Leaves out the bytes of pictures; what they are called stays: `![chart](…)` becomes `[chart]`. */
export function withoutDataAddresses(text: string): { readonly text: string; readonly count: number } {
  if (!text.includes(";base64,")) return { text, count: 0 };
  const parts: string[] = [];
  let from = 0;
  let count = 0;
  dataStart.lastIndex = 0;
  for (let found = dataStart.exec(text); found; found = dataStart.exec(text)) {
    let end = found.index + found[0].length;
    while (end < text.length && base64.test(text.charAt(end))) end++;
    dataStart.lastIndex = end;
    if (end - found.index < leastData) continue;
    count++;
    const before = text.slice(from, found.index);
    const [mark = "", words = ""] = /!?\[([^[\]\n]{0,500})\]\(\s{0,3}<?$/.exec(before.slice(-520)) ?? [];
    if (mark !== "") {
      parts.push(before.slice(0, before.length - mark.length), words === "" ? "" : `[${words}]`);
      from = end + (/^>?(?:\s{1,3}"[^"\n]{0,200}")?\s{0,3}\)/.exec(text.slice(end, end + 220))?.[0].length ?? 0);
    } else {
      parts.push(before);
      from = end;
    }
    dataStart.lastIndex = from;
  }
  parts.push(text.slice(from));
  return { text: parts.join(""), count };
}

/** Leaves out what a page made of the text does not show: comments, and what is struck out. Code keeps both. */
export function withoutUnseen(text: string): {
  readonly text: string;
  readonly unseen: number;
  readonly struck: number;
} {
  if (!text.includes("<!--") && !text.includes("~~")) return { text, unseen: 0, struck: 0 };
  let unseen = 0;
  let struck = 0;
  const clean = (part: string): string =>
    withoutComments(part, () => unseen++).replace(/(?<![~`\\])~~(?![~\s])[^~\n`]{1,500}~~(?![~`])/g, () => {
      struck++;
      return "";
    });
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of [...fencedBlocks(text), { start: text.length, end: text.length }]) {
    parts.push(clean(text.slice(from, start)), text.slice(start, end));
    from = end;
  }
  return { text: parts.join(""), unseen, struck };
}

function withoutComments(text: string, seen: () => void): string {
  const parts: string[] = [];
  let from = 0;
  for (let start = text.indexOf("<!--"); start >= 0; start = text.indexOf("<!--", from)) {
    const end = text.indexOf("-->", start + 4);
    if (end < 0) break;
    const isCode = text.charAt(start - 1) === "`";
    parts.push(text.slice(from, isCode ? end + 3 : start));
    if (!isCode) seen();
    from = end + 3;
  }
  return [...parts, text.slice(from)].join("");
}

const reference = /\[\^([^\]\s]{1,60})\]/g;
const definition = /^ {0,3}\[\^([^\]\s]{1,60})\]:(.*)$/;

/** Puts the notes of a Markdown text below the paragraph that refers to them first, as they are seen on the page. */
export function placedNotes(text: string): string {
  if (!text.includes("[^")) return text;
  const notes = new Map<string, string>();
  const kept: string[] = [];
  let open: string | undefined;
  let inCode = false;
  for (const line of text.split("\n")) {
    if (/^ {0,3}(?:```|~~~)/.test(line)) inCode = !inCode;
    const [, name, words = ""] = (inCode ? null : definition.exec(line)) ?? [];
    if (name !== undefined) {
      open = name;
      if (!notes.has(name)) notes.set(name, words.trimStart());
    } else if (open !== undefined && /^(?: {4}|\t)\s*\S/.test(line) && !inCode) {
      notes.set(open, `${notes.get(open) ?? ""} ${line.trim()}`.trim());
    } else {
      if (line.trim() !== "") open = undefined;
      kept.push(line);
    }
  }
  if (notes.size === 0) return text;
  const told = new Set<string>();
  const place = (part: string): string => {
    const own = new Set<string>();
    const shown = part.replace(reference, (whole, name: string) => {
      if (!notes.has(name)) return whole;
      if (!told.has(name)) own.add(name);
      told.add(name);
      return `[${name}]`;
    });
    return [shown, ...[...own].map((name) => `[${name}] ${notes.get(name)}`)].join("\n");
  };
  const body = kept.join("\n");
  const parts: string[] = [];
  let from = 0;
  // Code stays as it is, and what stands between paragraphs does.
  for (const { start, end } of [...fencedBlocks(body), { start: body.length, end: body.length }]) {
    parts.push(
      ...body
        .slice(from, start)
        .split(/(\n{2,})/)
        .map(place),
      body.slice(start, end),
    );
    from = end;
  }
  const rest = [...notes].filter(([name]) => !told.has(name)).map(([name, words]) => `[${name}] ${words}`);
  return [parts.join("").trimEnd(), ...rest].join("\n\n");
}
