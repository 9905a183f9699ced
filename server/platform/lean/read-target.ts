/** The target of a request, read the way that people and libraries write addresses. */
export interface Target {
  /** The path without doubled and trailing slashes; its percent-encoding stays. */
  readonly path: string;
  /** The same in plain letters; null where its encoding is broken or hides a slash, a dot segment or a control sign. */
  readonly plain: string | null;
  /** From the question mark on, or empty. */
  readonly search: string;
  /** Which API it asks for: ours, the one of OpenAI that clients look for at /v1, or none: then it is a page. */
  readonly surface: "api" | "v1" | "page";
}

const surfaceOf = (path: string): Target["surface"] => {
  const [first = ""] = path.toLowerCase().slice(1).split("/", 1);
  return first === "api" || first === "v1" ? first : "page";
};

const hidden = /[/\\\p{Cc}]/u;

const decode = (path: string): string | null => {
  if (!path.includes("%")) return path;
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    try {
      segments.push(decodeURIComponent(segment));
    } catch {
      return null;
    }
  }
  return segments.some((segment) => hidden.test(segment)) ? null : segments.join("/");
};

/** Targets read last: callers ask the same few again and again. */
const known = new Map<string, Target>();
const mostKnown = 1_000;
const longestKnown = 300;

/** Reads a request's target as it stands in its first line. One in absolute form, as proxies send it, is read by its path. */
export const readTarget = (url: string): Target => {
  const before = known.get(url);
  if (before !== undefined) return before;
  const target = read(url);
  if (url.length <= longestKnown) {
    if (known.size >= mostKnown) known.clear();
    known.set(url, target);
  }
  return target;
};

const read = (url: string): Target => {
  const [beforeSearch = ""] = url.split("?", 1);
  const search = url.slice(beforeSearch.length);
  const written = beforeSearch.replace(/^https?:\/\/[^/]*/i, "");
  const path = `/${written.split("/").filter(Boolean).join("/")}`;
  const plain = decode(path);
  const safe = plain === null || plain.split("/").some((segment) => segment === "." || segment === "..") ? null : plain;
  return { path, plain: safe, search, surface: surfaceOf(plain ?? path) };
};
