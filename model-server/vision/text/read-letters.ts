/**
 * The model was trained on Chinese and rarely dares to guess a space, but it leaves one a trace where one is: from this share on,
 * between Latin letters or digits, there is one.
 */
const LIKELY_SPACE = 0.02;
const beforeSpace = /[\p{Script=Latin}\p{N}.,;:!?)'"%]/u;
const afterSpace = /[\p{Script=Latin}\p{N}($€£'"]/u;

/**
 * The text in a row of guesses, one list of probabilities a step: first "nothing new", then `letters`, of which the last is the
 * space. The same letter in neighbouring steps is one letter.
 */
export function readLetters(
  guesses: Float32Array,
  letters: readonly string[],
): { readonly text: string; readonly confidence: number } {
  const width = letters.length + 1;
  let text = "";
  let sum = 0;
  let count = 0;
  let before = 0;
  let space = 0;
  for (let step = 0; step < guesses.length; step += width) {
    let best = 0;
    for (let guess = 1; guess < width; guess++)
      if ((guesses[step + guess] ?? 0) > (guesses[step + best] ?? 0)) best = guess;
    space = Math.max(space, guesses[step + width - 1] ?? 0);
    if (best !== 0 && best !== before) {
      const letter = letters[best - 1] ?? "";
      if (space > LIKELY_SPACE && afterSpace.test(letter) && beforeSpace.test(text.at(-1) ?? "")) text += " ";
      text += letter;
      space = 0;
      sum += guesses[step + best] ?? 0;
      count++;
    }
    before = best;
  }
  return { text, confidence: count > 0 ? sum / count : 0 };
}
