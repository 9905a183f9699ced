/** What the writer of a Markdown file notes about it, between two lines of --- (or +++) at its beginning. */
export interface FrontMatter {
  readonly entries: Readonly<Record<string, string>>;
  /** Where the text begins. */
  readonly end: number;
}

const most = { lines: 200, entries: 20, key: 64, value: 500, length: 20_000 } as const;

/** Undefined for a text that has none: a line of --- may as well be a rule. Values are kept as they are written, lists joined by commas. */
export function frontMatter(text: string): FrontMatter | undefined {
  const [, fence] = /^(---|\+\+\+)[ \t]*\n/.exec(text.slice(0, 20)) ?? [];
  if (fence === undefined) return undefined;
  const lines = text.slice(0, most.length).split("\n", most.lines);
  const close = lines.findIndex(
    (line, index) => index > 0 && (line.trimEnd() === fence || (fence === "---" && line.trimEnd() === "...")),
  );
  if (close < 0) return undefined;
  const entries = entriesOf(lines.slice(1, close), fence === "---" ? ":" : "=");
  if (!entries) return undefined;
  const end = lines.slice(0, close + 1).reduce((sum, line) => sum + line.length + 1, 0);
  return { entries, end: Math.min(end, text.length) };
}

/** Undefined where a line is none that such notes have. */
function entriesOf(lines: readonly string[], sign: ":" | "="): Record<string, string> | undefined {
  const entries = new Map<string, string>();
  let key: string | undefined;
  for (const line of lines) {
    if (line.trim() === "" || /^\s*#/.test(line) || /^\[[^\]]{1,80}\]\s*$/.test(line)) continue;
    const at = line.indexOf(sign);
    if (/^\s|^-\s/.test(line) && key !== undefined) {
      const value = unquoted(line.replace(/^\s*(?:-\s+)?/, ""));
      entries.set(key, [entries.get(key) ?? "", value].filter((part) => part !== "").join(", "));
      continue;
    }
    if (at <= 0 || at > most.key || /[\p{Cc}]/u.test(line.slice(0, at))) return undefined;
    key = line.slice(0, at).trim();
    const value = line.slice(at + 1).trim();
    // ">" and "|" tell that the value stands in the lines below.
    entries.set(key, /^[>|][+-]?$/.test(value) ? "" : listed(value));
  }
  const kept = [...entries].filter(([name, value]) => name !== "" && value !== "").slice(0, most.entries);
  return Object.fromEntries(kept.map(([name, value]) => [name, value.slice(0, most.value).toWellFormed()]));
}

const listed = (value: string): string =>
  value.startsWith("[") && value.endsWith("]")
    ? value
        .slice(1, -1)
        .split(",")
        .map((part) => unquoted(part.trim()))
        .filter((part) => part !== "")
        .join(", ")
    : unquoted(value);

const unquoted = (value: string): string => {
  const [, , inner] = /^(["'])(.*)\1$/s.exec(value) ?? [];
  return (inner ?? value.replace(/(?<!\s)\s+#\s.*$/, "")).trim();
};
