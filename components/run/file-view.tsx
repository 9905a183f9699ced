"use client";

import { useQuery } from "@tanstack/react-query";
import { File as FileIcon, FileX, Music } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { cn } from "@/components/ui/cn";
import { type FileReference, isAudio } from "@/runtime/node/file-reference";
import { fileUrl, formatSize } from "./file-value";

export interface FileViewProps {
  readonly file: FileReference;
  readonly className?: string;
  /** For a narrow place: the picture is small. */
  readonly compact?: boolean;
}

/** What a browser shows in its place; the server gives everything else to be saved only. */
const shown = new Set(["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"]);

/** A stored file: a picture as itself, a recording as a player, everything else by its name. Says so where it is no longer stored. */
export function FileView({ file, className, compact = false }: FileViewProps) {
  const t = useTranslations("file");
  const trpc = useTRPC();
  const [goneId, setGoneId] = useState<string | null>(null);
  const speaksForItself = shown.has(file.mediaType) || isAudio(file);
  // A picture or a recording that is gone says so by failing to load; anything else has to be asked for.
  const asked = useQuery(
    trpc.file.get.queryOptions({ id: file.fileId }, { enabled: !speaksForItself, retry: false, staleTime: 60_000 }),
  );
  const gone = goneId === file.fileId || (asked.error !== null && errorFacts(asked.error).code === "NOT_FOUND");
  const markGone = () => setGoneId(file.fileId);
  const url = fileUrl(file);
  return (
    <figure className={cn("flex min-w-0 flex-col items-start gap-1.5", className)} data-testid="file-view">
      {!gone && shown.has(file.mediaType) ? (
        <a href={url} target="_blank" rel="noreferrer" title={t("open")} className="max-w-full">
          {/* biome-ignore lint/performance/noImgElement: the picture is private and comes as it was stored. */}
          <img
            src={url}
            alt={file.name}
            loading="lazy"
            className={cn(
              "max-w-full rounded-md border border-line bg-sunken object-contain",
              compact ? "max-h-28 min-h-10 min-w-10" : "max-h-72 min-h-16 min-w-16",
            )}
            onError={markGone}
          />
        </a>
      ) : null}
      {!gone && isAudio(file) ? (
        // biome-ignore lint/a11y/useMediaCaption: what is said in it is not known; transcribing it is what pipelines are for.
        <audio
          controls
          preload="metadata"
          src={url}
          aria-label={t("player", { name: file.name })}
          className="h-9 w-full max-w-96"
          onError={markGone}
        />
      ) : null}
      <figcaption className="flex max-w-full items-center gap-1.5 text-xs">
        <Glyph file={file} gone={gone} />
        {gone ? (
          <span className="truncate text-muted line-through">{file.name}</span>
        ) : (
          <a href={url} download={file.name} className="truncate text-fg hover:underline" title={t("download")}>
            {file.name}
          </a>
        )}
        <span className="tabular shrink-0 text-faint">{gone ? t("gone") : formatSize(file.size)}</span>
      </figcaption>
    </figure>
  );
}

function Glyph({ file, gone }: { readonly file: FileReference; readonly gone: boolean }) {
  const Icon = gone ? FileX : isAudio(file) ? Music : FileIcon;
  return <Icon aria-hidden="true" className="size-3.5 shrink-0 text-faint" />;
}
