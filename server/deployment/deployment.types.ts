import { z } from "zod";
import type { InputField } from "@/runtime/node/define-node";
import type { PortKind } from "@/runtime/node/port";
import { identifier } from "@/server/guard/identifier";
import { pageInput } from "@/server/guard/page-of";

export const slugLimits = { least: 3, most: 63 } as const;

/** Part of a public address. */
export const slug = z
  .string()
  .min(slugLimits.least)
  .max(slugLimits.most)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Use small letters, digits and single hyphens, such as complaint-triage.");

export const byPipelineInput = z.strictObject({ pipelineId: identifier });
export const listInput = pageInput;
export const publishInput = z.strictObject({
  pipelineId: identifier,
  /** The revision of the saved draft that the person sees. */
  revision: z.int().min(1).max(2_147_483_647),
  slug,
});
export const setActiveInput = z.strictObject({ id: identifier, active: z.boolean() });

export interface DeploymentListItem {
  readonly id: string;
  readonly slug: string;
  readonly active: boolean;
  /** Where it is called. */
  readonly url: string;
  readonly pipeline: { readonly id: string; readonly name: string };
  readonly revisionNumber: number;
  readonly publishedAt: Date;
  readonly requestsLast24h: number;
}

export interface DeploymentView extends DeploymentListItem {
  /** Whether it serves what the draft is now. */
  readonly upToDate: boolean;
  readonly inputFields: readonly InputField[];
  readonly outputs: readonly { readonly name: string; readonly kind: PortKind }[];
}

/** Who called in the last 24 hours. */
export interface DeploymentCallers {
  /** null where the pipeline was never published. */
  readonly address: { readonly slug: string; readonly active: boolean } | null;
  /** By key, most calls first; a key that is gone has no name. */
  readonly callers: readonly {
    readonly name: string | null;
    readonly prefix: string | null;
    readonly calls: number;
    readonly lastAt: Date;
  }[];
  /** Calls of all keys, also of those that are not named here. */
  readonly calls: number;
  readonly keys: number;
}
