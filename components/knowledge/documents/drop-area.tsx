"use client";

import { FileDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { type DroppedEntry, readDrop, readPicked } from "./read-drop";
import type { ChosenFile } from "./upload-queue";

export interface DropAreaProps {
  readonly onFiles: (files: readonly ChosenFile[]) => void;
  readonly children: ReactNode;
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;

/** Takes files and folders that are dropped anywhere in the window, and files that are pasted. */
export function DropArea({ onFiles, children }: DropAreaProps) {
  const t = useTranslations("knowledge.documents");
  const [over, setOver] = useState(false);
  const give = useRef(onFiles);
  useEffect(() => {
    give.current = onFiles;
  });
  useEffect(() => {
    // Entering a child is told before leaving its parent, so both are counted.
    let depth = 0;
    const onEnter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const onOver = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const onLeave = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      // Entries must be taken before anything is awaited: the browser then forgets what was dropped.
      const entries = [...event.dataTransfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
      const files = [...event.dataTransfer.files];
      const found = entries.length > 0 ? readDrop(entries as unknown as DroppedEntry[]) : readPicked(files);
      void Promise.resolve(found).then((chosen) => give.current(chosen));
    };
    const onPaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      give.current(readPicked(files));
    };
    window.addEventListener("dragenter", onEnter);
    window.addEventListener("dragover", onOver);
    window.addEventListener("dragleave", onLeave);
    window.addEventListener("drop", onDrop);
    window.addEventListener("paste", onPaste);
    return () => {
      window.removeEventListener("dragenter", onEnter);
      window.removeEventListener("dragover", onOver);
      window.removeEventListener("dragleave", onLeave);
      window.removeEventListener("drop", onDrop);
      window.removeEventListener("paste", onPaste);
    };
  }, []);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {children}
      {over ? (
        <div className="pointer-events-none absolute inset-2 z-40 flex flex-col items-center justify-center gap-1 rounded-lg border border-accent border-dashed bg-surface/90">
          <FileDown className="mb-1 size-5 text-accent-text" />
          <p className="font-medium text-base">{t("drop")}</p>
          <p className="text-muted">{t("dropHelp")}</p>
        </div>
      ) : null}
    </div>
  );
}
