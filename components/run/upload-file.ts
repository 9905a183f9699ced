import { type FileReference, fileReference } from "@/runtime/node/file-reference";

export type UploadOutcome =
  | { readonly ok: true; readonly file: FileReference; readonly claimed: string | null }
  /** `code` is what the server said, `offline` where it said nothing, `cancelled` where the person ended it. */
  | { readonly ok: false; readonly code: string; readonly message: string };

export interface UploadOptions {
  readonly signal: AbortSignal;
  /** 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** Sends one file to the store. By XMLHttpRequest, because fetch does not tell how far an upload is. */
export const uploadFile = (file: File, { signal, onProgress }: UploadOptions): Promise<UploadOutcome> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const cancel = () => request.abort();
    const end = (outcome: UploadOutcome) => {
      signal.removeEventListener("abort", cancel);
      resolve(outcome);
    };
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => end(readAnswer(request.status, request.responseText));
    request.onerror = () => end({ ok: false, code: "offline", message: "" });
    request.onabort = () => end({ ok: false, code: "cancelled", message: "" });
    signal.addEventListener("abort", cancel, { once: true });
    const form = new FormData();
    form.append("for", "run");
    form.append("file", file, file.name);
    request.open("POST", "/api/files");
    request.send(form);
    if (signal.aborted) cancel();
  });

export const readAnswer = (status: number, text: string): UploadOutcome => {
  let body: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null) body = parsed as Record<string, unknown>;
  } catch {
    // Something between us and the server answered.
  }
  const stored = fileReference.safeParse(body.file);
  if (status === 201 && stored.success) {
    return { ok: true, file: stored.data, claimed: typeof body.claimed === "string" ? body.claimed : null };
  }
  const error = (body.error ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  return {
    ok: false,
    code: typeof error.code === "string" ? error.code : "other",
    message: typeof error.message === "string" ? error.message : String(status),
  };
};
