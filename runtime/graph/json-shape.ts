/** What is wrong with a value that should be plain JSON, or null. Walks without recursion, so depth cannot exhaust the stack. */
export const findJsonFault = (value: unknown, limits: { readonly depth: number }): JsonFault | null => {
  const stack: Array<{ value: unknown; depth: number; key: string }> = [{ value, depth: 0, key: "" }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { value: current, depth, key } = top;
    if (current === null || typeof current === "string" || typeof current === "boolean") continue;
    if (typeof current === "number") {
      if (Number.isFinite(current)) continue;
      return { kind: "not-json", key };
    }
    if (typeof current !== "object") return { kind: "not-json", key };
    if (depth >= limits.depth) return { kind: "too-deep", key };
    if (Array.isArray(current)) {
      for (const item of current) stack.push({ value: item, depth: depth + 1, key });
      continue;
    }
    for (const [name, item] of Object.entries(current)) {
      if (name === "__proto__") return { kind: "forbidden-key", key: name };
      if (item !== undefined) stack.push({ value: item, depth: depth + 1, key: name });
    }
  }
  return null;
};

export interface JsonFault {
  readonly kind: "too-deep" | "not-json" | "forbidden-key";
  /** The key nearest to the fault; empty at the top. */
  readonly key: string;
}

/** Bytes of a JSON value written as UTF-8. */
export const jsonBytes = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value) ?? "").length;
