import type { ServerResponse } from "node:http";
import { z } from "zod";
import { fromIssue } from "../chat/request";
import { notFound } from "../errors";
import { sendError, sendJson } from "../reply";
import type { Services } from "../services";

const fetchBody = z.strictObject({ model: z.string().min(1).max(256) });

/** Begins to fetch a model of the manifest; `/health` says how far it is. */
export async function fetchModel(body: unknown, response: ServerResponse, services: Services) {
  const parsed = fetchBody.safeParse(body);
  if (!parsed.success) return sendError(response, fromIssue(parsed.error.issues[0]));
  const { model } = parsed.data;
  if (!services.fetches.start(model))
    return sendError(response, {
      ...notFound(`There is no model "${model}" to fetch.`, "model_not_found"),
      param: "model",
    });
  sendJson(response, 202, { model });
}
