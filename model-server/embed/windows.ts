/** Cuts a list into stretches of at most `size`, as even as they can be: no stretch is a short rest of the others. */
export function windows<T>(items: readonly T[], size: number): T[][] {
  const count = Math.max(1, Math.ceil(items.length / size));
  const length = Math.ceil(items.length / count);
  return Array.from({ length: count }, (_, index) => items.slice(index * length, (index + 1) * length));
}
