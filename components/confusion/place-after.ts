type Place = readonly [row: number, column: number];

const steps: Readonly<Record<string, Place>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The next place in an arrow key's direction of those that are `open`, in a square of `size`; null where there is none, or the key is no arrow. */
export const placeAfter = (
  key: string,
  [row, column]: Place,
  size: number,
  open: (row: number, column: number) => boolean,
): Place | null => {
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  if (step === undefined) return null;
  for (let distance = 1; distance < size; distance += 1) {
    const [line, place] = [row + step[0] * distance, column + step[1] * distance];
    if (line < 0 || place < 0 || line >= size || place >= size) return null;
    if (open(line, place)) return [line, place];
  }
  // Nothing straight ahead: the nearest in the lines beyond, so that every cell can be reached.
  for (let distance = 1; distance < size; distance += 1)
    for (let aside = 1; aside < size; aside += 1)
      for (const sign of [-1, 1]) {
        const [line, place] = [
          row + step[0] * distance + (step[0] === 0 ? sign * aside : 0),
          column + step[1] * distance + (step[1] === 0 ? sign * aside : 0),
        ];
        if (line >= 0 && place >= 0 && line < size && place < size && open(line, place)) return [line, place];
      }
  return null;
};
