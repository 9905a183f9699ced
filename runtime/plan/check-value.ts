import type { z } from "zod";
import type { Port } from "@/runtime/node/port";

/** null where the value fits, else an English phrase of what is wrong. */
export type ValueCheck = (value: unknown) => string | null;

/** The check of a port's schema, without zod's cost where the schema asks for a bare type or for nothing. */
export const valueCheck = ({ schema }: Port): ValueCheck | null => {
  const { type, checks } = (schema as z.ZodType)._zod.def;
  const bare = checks === undefined || checks.length === 0;
  if (bare && (type === "unknown" || type === "any")) return null;
  if (bare && (type === "string" || type === "boolean"))
    return (value) => (typeof value === type ? null : wrong(type, value));
  return (value) => {
    if (bare && type === "number" && typeof value === "number" && Number.isFinite(value)) return null;
    try {
      const parsed = schema.safeParse(value);
      if (parsed.success) return null;
      const [issue] = parsed.error.issues;
      const path = issue?.path.map(String).join(".") ?? "";
      return `${path === "" ? "" : `${path}: `}${issue?.message ?? "invalid value"}`;
    } catch {
      // A recursive schema exhausts the stack on a value nested without bound.
      return "the value is nested too deeply";
    }
  };
};

const wrong = (expected: string, value: unknown): string =>
  `expected ${expected}, received ${value === null ? "null" : Array.isArray(value) ? "array" : typeof value}`;
