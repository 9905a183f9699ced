const notices = ["link-invalid", "too-many-requests", "session-ended"] as const;
/** Why somebody stands before the sign-in page. The texts are the `sign-in.notices` messages. */
export type SignInNotice = (typeof notices)[number];

/** From the address's `error` and `reason`; null where neither is one we know. */
export const readSignInNotice = (error: unknown, reason: unknown): SignInNotice | null =>
  notices.find((notice) => notice === error) ?? notices.find((notice) => notice === reason) ?? null;
