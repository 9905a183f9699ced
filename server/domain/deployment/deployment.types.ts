import { z } from "zod";
import type { InputField } from "@/runtime/node/define-node";
import type { PortKind } from "@/runtime/node/port";
import { identifier } from "@/server/platform/guard/identifier";
import { pageInput } from "@/server/platform/guard/page-of";
import type { SourceKind } from "@/server/platform/route/source";
import { type UsageLimits, usageLimits } from "@/server/platform/route/usage-limits";
import { type ChatMapping, chatMapping } from "./chat-mapping";
import { environmentName } from "./environment/environment.types";

export const slugLimits = { least: 3, most: 63 } as const;

/** Part of a public address. */
export const slug = z
  .string()
  .min(slugLimits.least)
  .max(slugLimits.most)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Use small letters, digits and single hyphens, such as complaint-triage.");

/** A pipeline in one of its environments. */
export const byPipelineInput = z.strictObject({
  pipelineId: identifier,
  environment: environmentName.default("production"),
});
export const listInput = pageInput;
export const publishInput = z.strictObject({
  pipelineId: identifier,
  /** The revision of the saved draft that the person sees. */
  revision: z.int().min(1).max(2_147_483_647),
  slug,
  environment: environmentName.default("production"),
  /** Why, for the history. */
  note: z.string().trim().max(500).default(""),
  /** What breaks callers is meant. */
  confirmsBreaking: z.boolean().default(false),
});
export const byIdInput = z.strictObject({ id: identifier });
export const rollBackInput = z.strictObject({
  id: identifier,
  /** A version that has been live before. */
  revisionId: identifier,
  /** What the person saw live. */
  liveId: identifier,
  /** Why, for the history. */
  note: z.string().trim().max(500).default(""),
});
export const setChatMappingInput = z.strictObject({ id: identifier, mapping: chatMapping.nullable() });
export const setFollowInput = z.strictObject({ id: identifier, follows: z.boolean() });
export const setLimitsInput = z.strictObject({ id: identifier, limits: usageLimits });
export const setActiveInput = z.strictObject({ id: identifier, active: z.boolean() });

export interface DeploymentListItem {
  readonly id: string;
  readonly slug: string;
  readonly active: boolean;
  readonly environment: string;
  /** Where it is called. */
  readonly url: string;
  readonly pipeline: { readonly id: string; readonly name: string };
  readonly revisionNumber: number;
  readonly publishedAt: Date;
  readonly requestsLast24h: number;
}

export interface DeploymentView extends DeploymentListItem {
  /** Of what it serves. */
  readonly graphHash: string;
  /** Whether it serves what the draft is now, with the versions of other pipelines that its steps would run. */
  readonly upToDate: boolean;
  readonly inputFields: readonly InputField[];
  readonly outputs: readonly { readonly name: string; readonly kind: PortKind }[];
}

/** Who called in the last 24 hours. */
export interface DeploymentCallers {
  /** null where the pipeline was never published. */
  readonly address: { readonly slug: string; readonly active: boolean } | null;
  /** By key, or by kind of what starts runs without one, most calls first; a key that is gone has no name. */
  readonly callers: readonly {
    readonly name: string | null;
    readonly prefix: string | null;
    readonly source: SourceKind | null;
    readonly calls: number;
    readonly lastAt: Date;
  }[];
  /** Calls of all keys, also of those that are not named here. */
  readonly calls: number;
  readonly keys: number;
}

/** A version that went live at a time. */
export interface LiveChange {
  readonly id: string;
  readonly revisionId: string;
  readonly number: number;
  readonly at: Date;
  readonly reason: "publish" | "promote" | "roll-back" | "label";
  /** Why, as whoever did it said, else what was noted when the version was kept. */
  readonly note: string;
  /** null where nobody is known to have done it, or they have left. */
  readonly by: string | null;
  /** The environment that it was promoted from. */
  readonly origin: string | null;
  /** What the gate said of it; null where none was asked, or its check is gone. */
  readonly gate: { readonly passed: boolean; readonly experimentId: string | null } | null;
  /** What was live before it; null for the first. */
  readonly formerRevisionId: string | null;
}

export interface DeploymentPage extends DeploymentView {
  /** What all its callers may use together, and have used in the stretch of time that each limit counts. */
  readonly limits: UsageLimits;
  readonly used: Readonly<Partial<Record<keyof UsageLimits, number>>>;
  /** How clients of OpenAI reach it. */
  readonly chat: {
    readonly baseUrl: string;
    readonly mcpUrl: string;
    readonly mapping: ChatMapping;
    readonly isChosen: boolean;
  };
  /** It goes along when a label that its steps hold moves. */
  readonly followsPrompts: boolean;
  /** Its live version holds a prompt of the library by a label. */
  readonly holdsLabels: boolean;
  readonly revisionId: string;
  /** Latest first. */
  readonly changes: readonly LiveChange[];
}
