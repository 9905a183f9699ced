import { z } from "zod";
import { identifier } from "@/server/platform/guard/identifier";
import { lineOfText } from "@/server/platform/guard/storable";

export const scheduleLimits = {
  ofDeployment: 20,
  ofWorkspace: 200,
  cronCharacters: 100,
  /** Bytes of the inputs of one schedule, as JSON. */
  inputBytes: 256 * 1024,
  /** Milliseconds after which a time counts as missed: a restart of the app misses none. */
  lateMs: 2 * 60_000,
  /** Missed times that are caught up with at most. */
  caughtUp: 24,
  /** Missed times that are counted; from then on it is "so many or more". */
  counted: 300,
  stopAfter: 100,
  /** Times that are told ahead, and that are kept of what was. */
  told: 5,
  kept: 500,
  /** Started in one look. */
  atOnce: 50,
  /** How often a time is tried whose deployment has no room at the moment, and milliseconds between. */
  tries: 6,
  againMs: 5 * 60_000,
} as const;

export const missedRules = ["skip", "once", "all"] as const;
export type MissedRule = (typeof missedRules)[number];

const cron = z.string().trim().min(1).max(scheduleLimits.cronCharacters);
const timeZone = z.string().trim().min(1).max(64);
const fields = {
  name: lineOfText(100),
  cron,
  timeZone,
  inputs: z
    .record(z.string().max(128), z.unknown())
    .refine((given) => JSON.stringify(given).length <= scheduleLimits.inputBytes, "The inputs are too large."),
  missed: z.enum(missedRules),
  stopAfter: z.int().min(1).max(scheduleLimits.stopAfter),
};

export const byDeploymentInput = z.strictObject({ deploymentId: identifier });
export const byIdInput = z.strictObject({ id: identifier });
export const previewInput = z.strictObject({ cron, timeZone });
export const createInput = z.strictObject({ deploymentId: identifier, ...fields });
export const updateInput = z.strictObject({ id: identifier, ...fields });
export const setActiveInput = z.strictObject({ id: identifier, active: z.boolean() });

export const firingStates = ["pending", "started", "refused", "missed"] as const;

export interface ScheduleFiringItem {
  readonly id: string;
  readonly dueAt: Date;
  readonly state: (typeof firingStates)[number];
  /** Missed times before it that this one stands for, too. */
  readonly also: number;
  readonly problem: string | null;
  /** How its run stands; null where there is none, or none any more. */
  readonly run: string | null;
}

export interface ScheduleItem {
  readonly id: string;
  readonly name: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly missed: MissedRule;
  readonly stopAfter: number;
  readonly active: boolean;
  readonly stopReason: string | null;
  /** Why it would start nothing now: an English sentence. */
  readonly problem: string | null;
  readonly nextTimes: readonly Date[];
  /** Latest first. */
  readonly firings: readonly ScheduleFiringItem[];
}
