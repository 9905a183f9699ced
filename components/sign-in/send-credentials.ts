/** What the server said to an e-mail and a password. It never says which of the two was wrong. */
export type SignInAnswer = "signed-in" | "wrong" | "too-many" | "offline" | "broken";

interface Credentials {
  readonly email: string;
  readonly password: string;
}

export const sendCredentials = async (
  credentials: Credentials,
  fetcher: typeof fetch = fetch,
): Promise<SignInAnswer> => {
  let response: Response;
  try {
    response = await fetcher("/api/auth/sign-in/email", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(credentials),
    });
  } catch {
    return "offline";
  }
  if (response.ok) return "signed-in";
  if (response.status === 429) return "too-many";
  return response.status >= 500 ? "broken" : "wrong";
};
