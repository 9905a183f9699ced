/** What the server said to an e-mail and a password. It never says which of the two was wrong. */
export type SignInAnswer = "signed-in" | "second-factor" | "wrong" | "too-many" | "offline" | "broken";

/** With `too-many`: how long to wait. */
export interface SignInReply {
  readonly answer: SignInAnswer;
  readonly waitSeconds: number;
}

/** A password, or what is asked for after it. */
type Credentials =
  | { readonly email: string; readonly password: string }
  | { readonly code: string }
  | { readonly recoveryCode: string };

export const sendCredentials = async (
  credentials: Credentials,
  fetcher: typeof fetch = fetch,
): Promise<SignInReply> => {
  let response: Response;
  try {
    response = await fetcher("password" in credentials ? "/api/auth/sign-in/email" : "/api/auth/two-factor/verify", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(credentials),
    });
  } catch {
    return { answer: "offline", waitSeconds: 0 };
  }
  const waitSeconds = Number(response.headers.get("retry-after")) || 60;
  const said: unknown = await response.json().catch(() => null);
  const more = typeof said === "object" && said !== null && "secondFactor" in said;
  const answer = response.ok
    ? more
      ? "second-factor"
      : "signed-in"
    : response.status === 429
      ? "too-many"
      : response.status >= 500
        ? "broken"
        : "wrong";
  return { answer, waitSeconds };
};
