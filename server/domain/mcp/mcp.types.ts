import { z } from "zod";
import { mcpLimits } from "@/runtime/capability/mcp/contract";
import { identifier } from "@/server/platform/guard/identifier";
import { lineOfText } from "@/server/platform/guard/storable";

const name = lineOfText(80);
const url = z.url({ protocol: /^https?$/ }).max(500);
/** Name of a credential; null: none. */
const credential = lineOfText(80).nullable();

export const createServerInput = z.strictObject({ name, url, credential });
export const updateServerInput = z.strictObject({
  id: identifier,
  name: name.optional(),
  url: url.optional(),
  credential: credential.optional(),
});
export const byIdInput = z.strictObject({ id: identifier });

/** One tool as it is kept of a server. */
export const storedTool = z.object({
  name: z.string().min(1).max(200),
  description: z.string().max(mcpLimits.description),
  parameters: z.record(z.string(), z.unknown()),
  hash: z.string(),
});
export type StoredTool = z.output<typeof storedTool>;
