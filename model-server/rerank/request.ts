import { z } from "zod";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { fromIssue } from "../chat/request";
import type { EndpointError } from "../errors";

export const MAX_DOCUMENTS = 200;
export const MAX_DOCUMENT_CHARACTERS = 16_000;
export const MAX_QUERY_CHARACTERS = 4_000;

const document = z.string().max(MAX_DOCUMENT_CHARACTERS);
const rerankBody = z.strictObject({
  model: z.string().min(1).max(256),
  query: z.string().min(1, "must not be empty").max(MAX_QUERY_CHARACTERS),
  /** A text, or an object with one, as other servers take it. */
  documents: z
    .array(z.union([document, z.object({ text: document })], { error: "must be a text" }))
    .min(1, "must name a document")
    .max(MAX_DOCUMENTS),
  top_n: z.int().min(1).nullish(),
  return_documents: z.boolean().nullish(),
});

export interface RerankRequest {
  readonly model: string;
  readonly query: string;
  readonly documents: readonly string[];
  readonly topN: number;
  readonly returnDocuments: boolean;
}

export function parseRerankRequest(body: unknown): Result<RerankRequest, EndpointError> {
  const parsed = rerankBody.safeParse(body);
  if (!parsed.success) return fail(fromIssue(parsed.error.issues[0]));
  const { model, query, documents, top_n, return_documents } = parsed.data;
  return ok({
    model,
    query,
    documents: documents.map((one) => (typeof one === "string" ? one : one.text)),
    topN: top_n ?? documents.length,
    returnDocuments: return_documents ?? false,
  });
}
