import type { z } from "zod";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";

const mostFields = 20;

/** The body in the form that a route expects. Refuses any other by the names of its fields; `shape` is a sentence that shows the form. */
export const readBody = <Schema extends z.ZodType>(schema: Schema, body: unknown, shape: string): z.output<Schema> => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  // Not an object while it grows: a field may be called "__proto__".
  const wrong = new Map<string, string>();
  const note = (name: string, message: string) => {
    if (!wrong.has(name)) wrong.set(name, message);
  };
  for (const issue of parsed.error.issues.slice(0, mostFields)) {
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys.slice(0, mostFields)) note(key.slice(0, 100), "This is not part of a request.");
    } else note(issue.path.map(String).join(".").slice(0, 100) || "body", issue.message);
  }
  const fields = Object.fromEntries(wrong);
  const names = [...wrong.keys()].join(", ");
  throw new RouteRefusal(400, "request-invalid", `The request is not in the expected form: ${names}.`, {
    hint: shape,
    fields,
  });
};
