/** What the server said to an e-mail and a password. It never says which of the two was wrong. */
export type SignInAnswer = "signed-in" | "wrong" | "too-many" | "offline" | "broken";

/** With `too-many`: how long to wait. */
export interface SignInReply {
  readonly answer: SignInAnswer;
  readonly waitSeconds: number;
}

interface Credentials {
  readonly email: string;
  readonly password: string;
}

export const sendCredentials = async (
  credentials: Credentials,
  fetcher: typeof fetch = fetch,
): Promise<SignInReply> => {
  let response: Response;
  try {
    response = await fetcher("/api/auth/sign-in/email", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(credentials),
    });
  } catch {
    return { answer: "offline", waitSeconds: 0 };
  }
  const waitSeconds = Number(response.headers.get("retry-after")) || 60;
  const answer = response.ok
    ? "signed-in"
    : response.status === 429
      ? "too-many"
      : response.status >= 500
        ? "broken"
        : "wrong";
  return { answer, waitSeconds };
};
