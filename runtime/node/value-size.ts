/** What JSON puts around and between: quotes, a comma, a line break. */
const quotes = 2;
const separator = 2;
const indent = 2;

/**
 * Characters of a value as text, or as the indented JSON that it would be written as, give or take what has to be escaped. Counting stops beyond
 * `most`: then the answer is some number above it. Nothing is written for it, and depth cannot exhaust the stack.
 */
export const valueCharacters = (value: unknown, most: number): number => {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return scalarCharacters(value);
  let sum = 0;
  const stack: { readonly value: object; readonly depth: number }[] = [{ value, depth: 1 }];
  for (let top = stack.pop(); top !== undefined && sum <= most; top = stack.pop()) {
    const { value: current, depth } = top;
    sum += quotes;
    const isList = Array.isArray(current);
    for (const key in current) {
      const item = (current as Record<string, unknown>)[key];
      sum += separator + depth * indent + (isList ? 0 : key.length + quotes + separator);
      if (typeof item === "string") sum += item.length + quotes;
      else if (typeof item === "object" && item !== null) stack.push({ value: item, depth: depth + 1 });
      else sum += scalarCharacters(item);
      if (sum > most) break;
    }
  }
  return sum;
};

const scalarCharacters = (value: unknown): number => (value === undefined ? 0 : String(value).length);
