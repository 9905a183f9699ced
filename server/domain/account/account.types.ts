import { z } from "zod";
import { authLimits } from "@/server/platform/auth/auth-limits";
import { identifier } from "@/server/platform/guard/identifier";
import { lineOfText } from "@/server/platform/guard/storable";

export const updateAccountInput = z.strictObject({
  name: lineOfText(authLimits.nameMax).optional(),
  email: z
    .email()
    .max(authLimits.emailMax)
    .transform((email) => email.toLowerCase())
    .optional(),
});

export const endSessionInput = z.strictObject({ id: identifier });

const password = z.string().max(authLimits.passwordMax, `Use at most ${authLimits.passwordMax} characters.`);

export const setPasswordInput = z.strictObject({
  newPassword: password.min(authLimits.passwordMin, `Use at least ${authLimits.passwordMin} characters.`),
  /** Needed where a password is set already. */
  currentPassword: password.optional(),
});
