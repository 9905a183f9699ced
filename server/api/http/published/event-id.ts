/**
 * The id of a streamed event: its sequence number, and after a restart of the app the number of restarts. What was streamed after
 * the last stored event before a restart is void, and its numbers were given out again: the second part tells them apart.
 */
export const writeEventId = (seq: number, restarts: number): string =>
  restarts === 0 ? `${seq}` : `${seq}.${restarts}`;

/** The sequence number after which to go on. `resumedAt` are the first numbers after each restart; -1 starts from the top. */
export const readEventId = (id: string | null, resumedAt: readonly number[]): number => {
  const [, seq, restarts = "0"] = /^(\d{1,9})(?:\.(\d{1,3}))?$/.exec(id ?? "") ?? [];
  if (seq === undefined) return -1;
  const next = resumedAt[Number(restarts)];
  return next === undefined ? Number(seq) : Math.min(Number(seq), next - 1);
};
