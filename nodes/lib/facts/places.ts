/** Which places of a text are taken: what is found first keeps its place, and asking costs no more than the length of what is found. */
export const createPlaces = (length: number): ((start: number, end: number) => boolean) => {
  const taken = new Uint8Array(length);
  /** Takes a stretch where all of it is free; false where something of it is taken. */
  return (start, end) => {
    for (let at = start; at < end; at += 1) if (taken[at] === 1) return false;
    taken.fill(1, start, end);
    return true;
  };
};
