/** Days begin on the half hour nearly everywhere; where they begin on the quarter, they are cut at the half hour before. */
export const spanMs = 30 * 60_000;
export const dayMs = 86_400_000;
export const spanMinutes = 30;
export const dayMinutes = 1_440;

export const startOfSpan = (at: number): number => Math.floor(at / spanMs) * spanMs;
/** Of UTC. */
export const startOfDay = (at: number): number => Math.floor(at / dayMs) * dayMs;

/** As the database keeps a moment: UTC, without a zone. */
export const stored = (at: number): string => new Date(at).toISOString().slice(0, -1);
