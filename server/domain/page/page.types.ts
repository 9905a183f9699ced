import { z } from "zod";
import type { InputField } from "@/runtime/node/define-node";
import { identifier } from "@/server/platform/guard/identifier";
import { isStorableText } from "@/server/platform/guard/storable";
import { type UsageLimits, usageLimits } from "@/server/platform/route/usage-limits";

export const pageLimits = {
  titleCharacters: 100,
  welcomeCharacters: 2_000,
  passwordLeast: 8,
  passwordMost: 128,
  origins: 20,
  perMinute: 600,
  /** How long a visit lasts, milliseconds. */
  visitMs: 12 * 3_600_000,
  /** How long an embedding page may take until the frame is there. */
  frameMs: 10 * 60_000,
  /** Visits that one address may begin in a minute, and wrong passwords of all addresses together for one page. */
  visitsPerMinute: 30,
  guessesPerMinute: 60,
  bodyBytes: 2 * 1024 * 1024,
} as const;

export const accesses = ["public", "password", "members"] as const;
export const themes = ["auto", "light", "dark"] as const;
export const languages = ["auto", "en", "zh"] as const;

/** An origin as browsers name it: no path, no user, no wildcard. It stands in a policy as it is. */
const origin = z
  .string()
  .max(300)
  .regex(/^https?:\/\/[a-z0-9.:[\]-]+$/, "Write an origin, such as https://www.example.com.")
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    "Write an origin, such as https://www.example.com.",
  );
const storable = (most: number) => z.string().max(most).refine(isStorableText, "Control characters are not allowed.");

export const byDeploymentInput = z.strictObject({ deploymentId: identifier });
export const setPageInput = z.strictObject({
  deploymentId: identifier,
  enabled: z.boolean(),
  access: z.enum(accesses),
  /** Left out: the one that is set. */
  password: z.string().min(pageLimits.passwordLeast).max(pageLimits.passwordMost).optional(),
  title: storable(pageLimits.titleCharacters),
  welcome: storable(pageLimits.welcomeCharacters),
  accent: z.union([z.literal(""), z.string().regex(/^#[0-9a-f]{6}$/)]),
  theme: z.enum(themes),
  language: z.enum(languages),
  origins: z.array(origin).max(pageLimits.origins),
  perMinute: z.int().min(1).max(pageLimits.perMinute),
  limits: usageLimits,
});

/** A page as its settings show it. */
export interface PageSettings {
  readonly enabled: boolean;
  readonly access: (typeof accesses)[number];
  readonly hasPassword: boolean;
  readonly title: string;
  readonly welcome: string;
  readonly accent: string;
  readonly theme: (typeof themes)[number];
  readonly language: (typeof languages)[number];
  readonly origins: readonly string[];
  readonly perMinute: number;
  readonly limits: UsageLimits;
  readonly url: string;
  readonly embed: string;
}

/** What a visitor is told once they are in. Nothing of the pipeline beyond what the form and the answers show. */
export interface VisitView {
  readonly token: string;
  readonly kind: "chat" | "form";
  readonly fields: readonly InputField[];
  /** Of a chat: the field that takes what is said. */
  readonly message: string | null;
  readonly outputs: readonly string[];
}
