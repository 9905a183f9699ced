import { z } from "zod";
import { lineOfText } from "@/server/platform/guard/storable";

export const securities = ["tls", "starttls", "none"] as const;

export const mailInput = z.strictObject({
  host: z
    .string()
    .trim()
    .min(1)
    .max(253)
    .regex(/^[\w.:-]+$/, "Write the server's name or address, without a port."),
  port: z.int().min(1).max(65_535),
  security: z.enum(securities),
  username: z.union([z.literal(""), lineOfText(200)]),
  /** Left out: as it is. Empty: none. */
  password: z.string().max(500).optional(),
  sender: z.email().max(200),
});
export type MailInput = z.output<typeof mailInput>;

export interface MailServer extends Omit<MailInput, "password"> {
  readonly password: string | null;
}
