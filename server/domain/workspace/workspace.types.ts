import { z } from "zod";
import { modelReference } from "@/server/domain/endpoint/endpoint.types";
import { hostRule } from "@/server/platform/egress/host-rule";
import { parseUrl } from "@/server/platform/guard/parse-url";
import { lineOfText } from "@/server/platform/guard/storable";

export const workspaceLimits = { nameCharacters: 80, origins: 20, originCharacters: 250, toolHosts: 200 } as const;

/** As browsers write it into the header: scheme, host in small letters and a port that is not the usual one. Never a wildcard. */
const origin = z
  .string()
  .max(workspaceLimits.originCharacters)
  .refine((text) => {
    const url = parseUrl(text);
    return url !== null && /^https?:$/.test(url.protocol) && url.origin === text && !text.includes("*");
  }, "Give an origin such as https://www.example.com, without a path.");

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
  defaultPictureModel: defaultModel,
  defaultSpeechModel: defaultModel,
  allowedOrigins: z.array(origin).max(workspaceLimits.origins).optional(),
  /** Hosts that steps may call; empty: every public one. */
  toolHosts: z.array(hostRule).max(workspaceLimits.toolHosts).optional(),
});
