/** Draws `counts.length` clusters with replacement: how often each was drawn. */
export const drawClusters = (counts: Uint16Array, random: () => number): void => {
  counts.fill(0);
  const clusters = counts.length;
  for (let each = 0; each < clusters; each += 1) {
    const cluster = Math.floor(random() * clusters);
    counts[cluster] = (counts[cluster] as number) + 1;
  }
};
