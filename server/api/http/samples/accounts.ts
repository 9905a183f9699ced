import { jsonAnswer } from "@/server/platform/lean/answer";
import { guardRoute, type RouteCall } from "@/server/platform/route/route";
import { findSampleAccount } from "./sample-accounts";

/** `GET /api/samples/health`: what watches a service asks. */
export const sampleHealthRoute = guardRoute({ auth: "public" }, async () => jsonAnswer({ status: "ok" }));

/** `GET /api/samples/accounts/{number}?language=en`: an invented customer with the last bills. */
export const sampleAccountRoute = guardRoute(
  { auth: "public" },
  async ({ request, parameters }: RouteCall<"public", { number: string }>) => {
    const language = new URL(request.url, "http://localhost").searchParams.get("language") === "zh" ? "zh" : "en";
    const account = findSampleAccount(parameters.number, language);
    return account === null ? jsonAnswer({ error: "There is no such account." }, 404) : jsonAnswer(account);
  },
);
