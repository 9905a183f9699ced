import { z } from "zod";

/** What a member may do in a workspace, from least to most. The database holds the same words. */
export const roles = ["viewer", "editor", "owner"] as const;
export const role = z.enum(roles);
export type Role = z.output<typeof role>;
