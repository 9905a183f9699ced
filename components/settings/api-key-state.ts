interface Dated {
  readonly revokedAt: Date | null;
  readonly expiresAt: Date | null;
}

/** Whether a key still opens anything. Revoked outweighs expired. */
export const apiKeyState = ({ revokedAt, expiresAt }: Dated, now: Date): "active" | "revoked" | "expired" => {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && expiresAt.getTime() <= now.getTime() ? "expired" : "active";
};
