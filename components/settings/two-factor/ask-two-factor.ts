/** What the server said: its answer, or why not. */
export type TwoFactorReply<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly reason: "wrong" | "too-many" | "failed" };

type Step = "set-up" | "confirm" | "remove" | "codes";

/** Asks one of the routes below /api/auth/two-factor. */
export const askTwoFactor = async <Answer>(
  step: Step,
  body: { readonly password: string } | { readonly code: string },
  fetcher: typeof fetch = fetch,
): Promise<TwoFactorReply<Answer>> => {
  try {
    const response = await fetcher(`/api/auth/two-factor/${step}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.ok) return { ok: true, answer: await response.json() };
    return { ok: false, reason: response.status === 401 ? "wrong" : response.status === 429 ? "too-many" : "failed" };
  } catch {
    return { ok: false, reason: "failed" };
  }
};
