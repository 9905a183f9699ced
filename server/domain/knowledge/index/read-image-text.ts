import { randomBytes } from "node:crypto";
import type { ModelGateway } from "@/runtime/model/endpoint";
import { isNodeFailure } from "@/runtime/node/node-failure";
import { collectReply } from "@/runtime/node/reply/collect-reply";

const prompt =
  "Write down all text in this picture, line by line, exactly as it stands there and in its own language. Write nothing else.";
const mostTokens = 4_000;

/** Has the workspace's vision model read the picture of a scanned page. Empty where the workspace has no such model. */
export const readImageText =
  (gateway: ModelGateway, signal: AbortSignal) =>
  async (png: Uint8Array, page: number): Promise<string> => {
    const fileId = `file_${randomBytes(18).toString("base64url")}`;
    const image = { fileId, name: `page-${page}.png`, mediaType: "image/png", size: png.length };
    const request = {
      model: "default",
      messages: [{ role: "user" as const, content: prompt, images: [image] }],
      temperature: 0,
      maxTokens: mostTokens,
    };
    try {
      const asked = gateway.chat(request, { signal, onCall: () => {}, readFile: async () => png });
      return (await collectReply(asked)).text;
    } catch (error) {
      if (isNodeFailure(error) && error.code === "model-unknown") return "";
      throw error;
    }
  };
