/** Characters of a value that a list shows. */
const longest = 300;

/** A value as a person would read it in a line: texts as they are, files by their names, all else as JSON. */
const readable = (value: unknown): string => {
  if (typeof value === "string") return value.slice(0, longest * 4);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "object" || value === null) return "";
  if ("fileId" in value && "name" in value && typeof value.name === "string") return value.name;
  if (Array.isArray(value) && value.length > 20) return `[${value.length}]`;
  try {
    return (JSON.stringify(value) ?? "").slice(0, longest * 4);
  } catch {
    return "";
  }
};

/** What a run was given or gave back, in one line: its values in their order, white space folded, cut in the middle of no character. */
export const excerptOf = (values: Readonly<Record<string, unknown>> | null): string => {
  const parts: string[] = [];
  let length = 0;
  for (const value of Object.values(values ?? {})) {
    const part = readable(value).replaceAll("\0", "").replace(/\s+/g, " ").trim();
    if (part === "") continue;
    parts.push(part);
    length += part.length;
    if (length > longest) break;
  }
  const line = parts.join(" · ");
  return (line.length > longest ? `${line.slice(0, longest - 1)}…` : line).toWellFormed();
};
