import type { LeanRoute } from "@/server/platform/lean/lean-listener";
import { guardRoute } from "@/server/platform/route/route";
import { beginVisit } from "./begin-visit";
import { embedScript } from "./embed-script";
import { runPage } from "./run-page";
import { uploadToPage } from "./upload-file";

export const visitRoute = guardRoute({ auth: "public" }, beginVisit);
export const pageRunRoute = guardRoute({ auth: "public" }, runPage);
export const pageFileRoute = guardRoute({ auth: "public" }, uploadToPage);
export const embedRoute = guardRoute({ auth: "public" }, embedScript);

/** Runs of visitors, answered where those of callers are. */
export const pageRoutes: readonly LeanRoute[] = [
  { method: "POST", path: "/api/pages/[slug]/runs", handler: pageRunRoute },
];
