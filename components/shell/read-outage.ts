/** Outages that `/api/health` tells of, and the interface has words for. */
const shown = ["disk-full", "database-gone", "leaving"] as const;
export type ShownOutage = (typeof shown)[number];

/** What the server's health says; null where all is well or it is not known. */
export const readOutage = async (response: Response): Promise<ShownOutage | null> => {
  const body = (await response.json().catch(() => null)) as {
    readonly status?: unknown;
    readonly error?: { readonly code?: unknown };
  } | null;
  const said = body?.status ?? body?.error?.code;
  return shown.find((outage) => outage === said) ?? null;
};
