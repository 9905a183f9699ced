/** Cuts a list into stretches of at most `size` that share `overlap` items with their neighbours: nothing is only ever seen cut in two. */
export function overlappingWindows<T>(items: readonly T[], size: number, overlap: number): T[][] {
  const step = size - overlap;
  const count = Math.max(1, Math.ceil((items.length - overlap) / step));
  return Array.from({ length: count }, (_, index) => items.slice(index * step, index * step + size));
}
