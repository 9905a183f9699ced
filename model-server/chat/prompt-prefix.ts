/** How many leading items two lists share. */
export function sharedPrefix(left: readonly unknown[], right: readonly unknown[]): number {
  const shortest = Math.min(left.length, right.length);
  let index = 0;
  while (index < shortest && left[index] === right[index]) index++;
  return index;
}

/**
 * How many tokens of `prompt` may be kept from an earlier prompt. Always whole blocks: llama.cpp rounds a little differently when
 * it reads tokens in stretches of another length, and an answer must depend on the request alone, not on what was asked before.
 * At least one token is left to be read, since reading it is what gives the first answer token.
 */
export function reusablePrefix(earlier: readonly unknown[], prompt: readonly unknown[], block: number): number {
  return Math.floor(Math.min(sharedPrefix(earlier, prompt), prompt.length - 1) / block) * block;
}
