import type { ChosenFile, UploadProblem } from "./upload-queue";

interface UploadOptions {
  readonly signal: AbortSignal;
  readonly onSent: (bytes: number) => void;
}

interface UploadAnswer {
  readonly file?: { readonly fileId?: unknown };
  readonly error?: { readonly code?: unknown; readonly message?: unknown; readonly hint?: unknown };
}

const words = (...parts: readonly unknown[]): string => parts.filter((part) => typeof part === "string").join(" ");

/** Sends one file to the app. XMLHttpRequest, for `fetch` does not say how much has left. */
export const uploadFile = (
  { file }: ChosenFile,
  { signal, onSent }: UploadOptions,
): Promise<{ readonly fileId: string } | UploadProblem> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/files");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded }) => onSent(Math.min(loaded, file.size)));
    request.addEventListener("load", () => {
      const answer = (request.response ?? {}) as UploadAnswer;
      const fileId = answer.file?.fileId;
      if (request.status < 300 && typeof fileId === "string") resolve({ fileId });
      else {
        const { code, message, hint } = answer.error ?? {};
        resolve({ code: typeof code === "string" ? code : "refused", message: words(message, hint) });
      }
    });
    request.addEventListener("error", () => resolve({ code: "offline" }));
    request.addEventListener("abort", () => reject(signal.reason));
    signal.addEventListener("abort", () => request.abort());
    const form = new FormData();
    form.append("file", file, file.name);
    request.send(form);
  });
