/** What a state of a proposal looks like, beside its word. */
export const stateTones = { open: "accent", accepted: "ok", declined: "error", withdrawn: "neutral" } as const;
