/** Cosine of the angle between two vectors of one length; 0 where one of them is nothing. */
export const cosine = (left: readonly number[], right: readonly number[]): number => {
  let [dot, own, other] = [0, 0, 0];
  for (const [place, value] of left.entries()) {
    const against = right[place] ?? 0;
    dot += value * against;
    own += value * value;
    other += against * against;
  }
  return own === 0 || other === 0 ? 0 : dot / Math.sqrt(own * other);
};
