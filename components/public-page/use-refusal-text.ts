import { useTranslations } from "next-intl";
import type { Refused } from "./page-client";

const known = [
  "offline",
  "password-wrong",
  "too-many-guesses",
  "too-many-visits",
  "limit-requests",
  "limit-tokens",
  "limit-money",
  "too-many-runs",
  "visit-over",
  "not-found",
  "paused",
  "conversation-busy",
  "conversation-full",
  "input-invalid",
  "inputs-invalid",
  "request-invalid",
  "too-large",
] as const;

/** What a visitor is told of a refusal, in their language. What they sent wrongly is named by its field, in English where the server says it. */
export const useRefusalText = (): ((refused: Refused) => string) => {
  const t = useTranslations("public-page");
  return ({ code, retryAfterSeconds, fields }) => {
    const name = known.find((each) => each === code) ?? "other";
    const text = t(`refused.${name}`, { seconds: retryAfterSeconds ?? 60 });
    const details = Object.entries(fields).slice(0, 5);
    return details.length === 0 ? text : `${text} ${details.map(([, message]) => message).join(" ")}`;
  };
};
