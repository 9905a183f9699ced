import type { LeanRoute } from "@/server/platform/lean/lean-listener";
import { guardRoute } from "@/server/platform/route/route";
import { answerDownload } from "./answer-download";
import { answerKeyUpload, answerUpload } from "./answer-upload";

export const uploadRoute = guardRoute({ auth: "session", role: "editor" }, answerUpload);
export const downloadRoute = guardRoute({ auth: "session", role: "viewer" }, answerDownload);
export const keyUploadRoute = guardRoute({ auth: "api-key" }, answerKeyUpload);

/** Served without the framework, which would gather a large upload in memory before it passes it on. */
export const fileRoutes: readonly LeanRoute[] = [
  { method: "POST", path: "/api/files", handler: uploadRoute },
  { method: "POST", path: "/api/v1/files", handler: keyUploadRoute },
];
