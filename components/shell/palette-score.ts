const fold = (text: string): string => text.toLocaleLowerCase().normalize("NFKC");

/**
 * How well a palette entry fits what was typed: 0 is not at all, 1 at best. It goes by the entry's words alone, never by its
 * internal value, and by whole stretches: letters strewn over a name are no match, so Enter does what one sees.
 */
export const paletteScore = (_value: string, search: string, keywords: readonly string[] = []): number => {
  const wanted = fold(search).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return 1;
  const names = keywords.map(fold);
  const whole = wanted.join(" ");
  if (names.some((name) => name.startsWith(whole))) return 1;
  const words = names.flatMap((name) => name.split(/\s+/));
  if (wanted.every((part) => words.some((word) => word.startsWith(part)))) return 0.8;
  return wanted.every((part) => names.some((name) => name.includes(part))) ? 0.5 : 0;
};
