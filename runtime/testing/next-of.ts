/** The reply that a script holds for the `count`-th call. A call beyond the script is a bug of the test. */
export const nextOf = <T>(replies: readonly T[] | undefined, count: number, what: string): T => {
  const reply = replies?.[count - 1];
  if (reply === undefined) throw new Error(`The script has no ${what} ${count}.`);
  return reply;
};
