import type { PageLine } from "./page-line";

const longest = 120;
const levels = 4;
const rounded = (size: number) => Math.round(size * 2) / 2;

/** The size that most of the document's signs have. */
export function bodySize(lines: readonly PageLine[]): number {
  const signs = new Map<number, number>();
  for (const { size, text } of lines) signs.set(rounded(size), (signs.get(rounded(size)) ?? 0) + text.length);
  let body = { size: 0, count: 0 };
  for (const [size, count] of signs) if (count > body.count) body = { size, count };
  return body.size;
}

/** The level of a line that is a heading by its size; undefined for all where too many are for sizes to mean anything. */
export function headingSizes(lines: readonly PageLine[], body: number): (line: PageLine) => number | undefined {
  const candidates = lines.filter((line) => isCandidate(line, body));
  if (candidates.length > lines.length * 0.25 + 1) return () => undefined;
  const sizes = [...new Set(candidates.map(({ size }) => rounded(size)))].sort((a, b) => b - a);
  // Sizes that the eye hardly tells apart are one level.
  const steps: number[] = [];
  for (const size of sizes) if (steps.length === 0 || size < (steps.at(-1) ?? 0) * 0.94) steps.push(size);
  return (line) => {
    if (!isCandidate(line, body)) return undefined;
    const above = steps.filter((step) => rounded(line.size) <= step).length;
    return Math.min(levels, Math.max(1, above));
  };
}

const isCandidate = ({ size, text }: PageLine, body: number): boolean =>
  rounded(size) >= body * 1.15 && text.length <= longest && /\p{L}/u.test(text) && !/[.,;，。；、]$/.test(text);
