import { catalog } from "@/nodes";
import type { GraphDocument } from "@/runtime/graph/document";
import { compile } from "@/runtime/plan/compile";
import type { Plan } from "@/runtime/plan/plan";
import { ApplicationError } from "@/server/platform/guard/application-error";

/** The plan of a document; refuses one with errors. `before` is what has to wait for them: "it can run". */
export const compileOrRefuse = (document: GraphDocument, before: string): Plan => {
  const compiled = compile(document, catalog);
  if (compiled.ok) return compiled.value;
  throw new ApplicationError("BAD_REQUEST", `The pipeline has errors that must be corrected before ${before}.`, {
    reason: "graph-invalid",
    diagnostics: compiled.error,
  });
};
