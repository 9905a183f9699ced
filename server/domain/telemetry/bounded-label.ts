/** What stands for every value beyond the bound. */
export const otherLabel = "other";

/**
 * Values of a label, as many as there may be: each is a series of every metric that has it, in this process and in whoever reads it, for as long as the
 * process lives. What comes after the bound counts as `other`.
 */
export const boundedLabel = (most: number): ((value: string) => string) => {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= most) return otherLabel;
    known.add(value);
    return value;
  };
};
