/** US dollars per million tokens as people write them, micro-dollars in the database. null is unknown, 0 is free. */
export const toMicroUsd = (usd: number | null): bigint | null =>
  usd === null ? null : BigInt(Math.round(usd * 1_000_000));

export const toUsd = (microUsd: bigint | null): number | null =>
  microUsd === null ? null : Number(microUsd) / 1_000_000;
