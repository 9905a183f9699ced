import { z } from "zod";
import { identifier } from "@/server/platform/guard/identifier";
import { lineOfText } from "@/server/platform/guard/storable";

export const triggerLimits = {
  ofDeployment: 10,
  ofWorkspace: 100,
  bytes: 1024 * 1024,
  inputs: 50,
  pathCharacters: 200,
  secretLeast: 16,
  secretMost: 256,
  /** How far the time of a signed event may be off, seconds. */
  toleranceSeconds: 300,
  /** Events that one trigger takes in a minute, and that are written down when they are refused. */
  perMinute: 300,
  refusedPerMinute: 30,
  /** Days that an event's id is remembered, and events that are kept of one trigger. */
  keepDays: 30,
  kept: 10_000,
  told: 20,
} as const;

export const schemes = ["standard", "github", "stripe", "header"] as const;
export type Scheme = (typeof schemes)[number];

/** Names joined by dots, with places of lists in between: `data.items.0.text`; empty: all that was sent. */
const path = z
  .string()
  .max(triggerLimits.pathCharacters)
  .regex(/^$|^[^.\p{Cc}]+(\.[^.\p{Cc}]+)*$/u, "Write a path, such as data.items.0.text.");
const mapping = z
  .record(z.string().min(1).max(128), path)
  .refine((given) => Object.keys(given).length <= triggerLimits.inputs, "Too many inputs.");
const secret = z
  .string()
  .min(triggerLimits.secretLeast)
  .max(triggerLimits.secretMost)
  .regex(/^[\x21-\x7e]+$/, "A secret has visible ASCII characters alone.");

export const byDeploymentInput = z.strictObject({ deploymentId: identifier });
export const byIdInput = z.strictObject({ id: identifier });
export const createInput = z.strictObject({
  deploymentId: identifier,
  name: lineOfText(100),
  scheme: z.enum(schemes),
  /** The one that the sender gave out, as Stripe does; left out: a new one. */
  secret: secret.optional(),
  mapping,
});
export const updateInput = z.strictObject({ id: identifier, name: lineOfText(100), mapping, active: z.boolean() });
