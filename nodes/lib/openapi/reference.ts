import { fieldOf, type Json, type JsonObject, objectOf } from "./json-value";
import { openApiLimits } from "./limits";

/** Why a reference leads nowhere: it leaves the file, or there is nothing where it points. */
export type BrokenReference = "outside" | "missing";

export type Resolved =
  | { readonly ok: true; readonly value: JsonObject; readonly references: readonly string[] }
  | { readonly ok: false; readonly why: BrokenReference; readonly reference: string };

/** What a value is, or what its `$ref` points at within the file. Another file or address is never fetched. */
export const resolve = (root: JsonObject, given: Json): Resolved => {
  const references: string[] = [];
  let current = given;
  for (;;) {
    const object = objectOf(current);
    const reference = object === null ? undefined : object.$ref;
    if (typeof reference !== "string") {
      return object === null
        ? { ok: false, why: "missing", reference: references.at(-1) ?? "" }
        : { ok: true, value: object, references };
    }
    if (!reference.startsWith("#")) return { ok: false, why: "outside", reference };
    if (references.includes(reference) || references.length >= openApiLimits.hops)
      return { ok: false, why: "missing", reference };
    references.push(reference);
    current = pointed(root, reference);
  }
};

/** RFC 6901, as a fragment. */
const pointed = (root: JsonObject, reference: string): Json => {
  if (reference === "#") return root;
  let current: Json = root;
  for (const raw of reference.replace(/^#\/?/, "").split("/")) {
    const step = decoded(raw).replaceAll("~1", "/").replaceAll("~0", "~");
    current = Array.isArray(current) ? current[/^\d{1,9}$/.test(step) ? Number(step) : -1] : fieldOf(current, step);
  }
  return current;
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
