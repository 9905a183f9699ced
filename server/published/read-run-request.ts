import { RouteRefusal } from "@/server/guard/route-refusal";
import { type RunRequest, runRequest } from "./published.types";

const shape = 'Send {"inputs": {…}, "stream": false} and nothing else.';
const mostFields = 20;

export const readRunRequest = (body: unknown): RunRequest => {
  const parsed = runRequest.safeParse(body);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues.slice(0, mostFields)) {
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys.slice(0, mostFields)) fields[key.slice(0, 100)] = "This is not part of a request.";
    } else fields[issue.path.map(String).join(".").slice(0, 100) || "body"] ??= issue.message;
  }
  const names = Object.keys(fields).join(", ");
  throw new RouteRefusal(400, "request-invalid", `The request is not in the expected form: ${names}.`, {
    hint: shape,
    fields,
  });
};
