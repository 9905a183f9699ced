import type { IncomingMessage, ServerResponse } from "node:http";
import { type Database, getDatabase } from "@/server/platform/db/database";
import type { LeanListener } from "@/server/platform/lean/lean-listener";
import { answerUnread, isBodyDue } from "@/server/platform/lean/leave-body";
import { readTarget, type Target } from "@/server/platform/lean/read-target";
import { answerOptions } from "./answer-options";
import { methodsOf } from "./api-routes";
import { BodyPace } from "./body-pace";
import { methodRefused, type Refusal, refusalText, unknownAddress } from "./refusals";

const pageMethods = ["GET", "HEAD"];

const fixedHeaders = {
  "content-type": "application/json",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
} as const;

/**
 * Stands before everything else of the server: what no route and no page can answer is refused here, in JSON, without reading a body. A client of
 * an API that was pointed at the wrong address must not take a page of the app for an answer. All else goes to the lean routes, and then to the
 * framework.
 */
export const frontDoor =
  (lean: LeanListener, openDatabase: () => Promise<Database> = getDatabase, pace = new BodyPace()): LeanListener =>
  (incoming, outgoing) => {
    const method = incoming.method ?? "GET";
    const target = readTarget(incoming.url ?? "/");
    if (target.surface === "page") {
      if (pageMethods.includes(method)) {
        pace.watch(incoming, outgoing);
        return false;
      }
      refuse(incoming, outgoing, methodRefused(method, pageMethods), target);
      return true;
    }
    const methods = target.plain === null ? null : methodsOf(target.plain);
    if (methods === null) {
      refuse(incoming, outgoing, unknownAddress(target.surface), target);
      return true;
    }
    if (!methods.includes(method)) {
      refuse(incoming, outgoing, methodRefused(method, methods), target);
      return true;
    }
    if (method === "OPTIONS") {
      void answerOptions(incoming, outgoing, target.plain ?? target.path, methods, openDatabase);
      return true;
    }
    // The framework would answer another spelling of the address with a redirect, which no client follows with its body.
    incoming.url = `${target.path}${target.search}`;
    pace.watch(incoming, outgoing);
    return lean(incoming, outgoing);
  };

const refuse = (incoming: IncomingMessage, outgoing: ServerResponse, refusal: Refusal, { surface }: Target): void => {
  outgoing.statusCode = refusal.status;
  for (const [name, value] of Object.entries({ ...fixedHeaders, ...refusal.headers })) outgoing.setHeader(name, value);
  const text = refusalText(refusal, surface);
  if (isBodyDue(incoming)) answerUnread(incoming, outgoing, text);
  else outgoing.setHeader("content-length", Buffer.byteLength(text)).end(text);
};
