import { z } from "zod";
import { modelReference } from "@/server/endpoint/endpoint.types";
import { lineOfText } from "@/server/guard/storable";

export const workspaceLimits = { nameCharacters: 80 } as const;

const defaultModel = modelReference.nullable().optional();

/** Null takes the choice back: `default` then stands for the embedded models. */
export const updateWorkspaceInput = z.strictObject({
  name: lineOfText(workspaceLimits.nameCharacters).optional(),
  defaultChatModel: defaultModel,
  defaultEmbeddingModel: defaultModel,
  defaultVisionModel: defaultModel,
  defaultModerationModel: defaultModel,
  defaultTranscriptionModel: defaultModel,
  defaultRerankModel: defaultModel,
});
