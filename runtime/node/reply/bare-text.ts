const decoration = /[\p{P}\p{S}\s]/u;

/** A text without punctuation, signs and blanks around it. No pattern: one that looks for them at the end of a text is quadratic. */
export const bareText = (text: string): string => {
  const characters = Array.from(text);
  const isDecoration = (at: number) => decoration.test(characters[at] ?? "x");
  let [from, to] = [0, characters.length];
  while (from < to && isDecoration(from)) from += 1;
  while (to > from && isDecoration(to - 1)) to -= 1;
  return characters.slice(from, to).join("");
};
