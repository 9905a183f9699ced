/** Hues of the variants, in order; the baseline is grey. They always come with the variant's letter. */
const hues = [
  "var(--accent)",
  "var(--category-retrieval)",
  "var(--category-speech)",
  "var(--category-vision)",
  "var(--category-classifier)",
  "var(--category-data)",
  "var(--category-fine-tuned)",
  "var(--category-flow)",
] as const;

export const variantColour = (variant: number, baseline: number): string =>
  variant === baseline ? "var(--muted)" : (hues[(variant > baseline ? variant - 1 : variant) % hues.length] as string);
