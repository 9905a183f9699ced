"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { checkFile } from "./file-kinds";
import { uploadFile } from "./upload-file";
import { createUploadQueue, type UploadQueue } from "./upload-queue";

/** Uploads go on while one looks at another page of the app, and are found again when one comes back. */
const queues = new Map<string, UploadQueue>();

/** The files on their way into a base. */
export const useUploads = (baseId: string): UploadQueue => {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [queue] = useState(() => {
    const known = queues.get(baseId);
    if (known) return known;
    const made = createUploadQueue({
      check: checkFile,
      send: uploadFile,
      add: async (files) => {
        try {
          const reply = await client.knowledge.addFiles.mutate({
            id: baseId,
            files: files.map(({ fileId, folder }) => ({ fileId, ...(folder === "" ? {} : { metadata: { folder } }) })),
          });
          void queries.invalidateQueries({ queryKey: trpc.knowledge.pathKey() });
          return reply;
        } catch (error) {
          const { code, reason, message, hint } = errorFacts(error);
          return {
            code: code === "OFFLINE" ? "offline" : (reason ?? "refused"),
            message: [message, hint].filter(Boolean).join(" "),
          };
        }
      },
    });
    queues.set(baseId, made);
    return made;
  });

  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      const open = queue.store.getState().uploads.some(({ state }) => state !== "failed" && state !== "duplicate");
      if (open) event.preventDefault();
    };
    window.addEventListener("beforeunload", onLeave);
    return () => window.removeEventListener("beforeunload", onLeave);
  }, [queue]);
  return queue;
};
