import { z } from "zod";
import { modelReference } from "@/server/endpoint/endpoint.types";
import { lineOfText } from "@/server/guard/storable";

export const workspaceLimits = { nameCharacters: 80 } as const;

/** Null takes the choice back: `default` then stands for the embedded models. */
export const updateWorkspaceInput = z.strictObject({
  name: lineOfText(workspaceLimits.nameCharacters).optional(),
  defaultChatModel: modelReference.nullable().optional(),
  defaultEmbeddingModel: modelReference.nullable().optional(),
});
