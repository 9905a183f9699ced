"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef, useState } from "react";
import type { FileReference } from "@/runtime/node/file-reference";
import { shrinkPhoto } from "./shrink-photo";
import { uploadFile } from "./upload-file";

export type UploadState =
  | { readonly phase: "idle" }
  | { readonly phase: "preparing"; readonly name: string }
  | { readonly phase: "uploading"; readonly name: string; readonly share: number }
  | { readonly phase: "refused"; readonly message: string };

/** Uploads one file at a time; another one takes its place. */
export const useUpload = (onStored: (file: FileReference, claimed: string | null) => void) => {
  const t = useTranslations("file");
  const [state, setState] = useState<UploadState>({ phase: "idle" });
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);

  const upload = useCallback(
    async (chosen: File) => {
      current.current?.abort();
      const controller = new AbortController();
      current.current = controller;
      const { signal } = controller;
      const show = (next: UploadState) => {
        if (current.current === controller) setState(next);
      };
      show({ phase: "preparing", name: chosen.name });
      const file = await shrinkPhoto(chosen);
      show({ phase: "uploading", name: file.name, share: 0 });
      const outcome = await uploadFile(file, {
        signal,
        onProgress: (share) => show({ phase: "uploading", name: file.name, share }),
      });
      if (current.current !== controller) return;
      if (outcome.ok) {
        setState({ phase: "idle" });
        onStored(outcome.file, outcome.claimed);
      } else if (outcome.code === "cancelled") setState({ phase: "idle" });
      else {
        const known = t.has(`refusal.${outcome.code}` as never);
        const message = known
          ? t(`refusal.${outcome.code}` as never)
          : t("refusal.other", { message: outcome.message });
        setState({ phase: "refused", message });
      }
    },
    [onStored, t],
  );
  const cancel = useCallback(() => current.current?.abort(), []);
  const forget = useCallback(() => setState({ phase: "idle" }), []);
  return { state, upload, cancel, forget };
};
