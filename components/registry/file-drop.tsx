"use client";

import { useMutation } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { toast } from "@/components/ui/toaster";
import { uploadRows } from "./upload-rows";

interface FileDropProps {
  readonly busy: boolean;
  readonly onFile: (file: { readonly fileId: string; readonly name: string }) => void;
  /** In place of the usual table formats. */
  readonly accept?: string;
  readonly help?: string;
}

const tables =
  ".csv,.tsv,.tab,.psv,.txt,.json,.jsonl,.ndjson,.xlsx,text/csv,application/jsonl,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Takes one table, dropped or chosen. */
export function FileDrop({ busy, onFile, accept = tables, help }: FileDropProps) {
  const t = useTranslations("registry.wizard");
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const upload = useMutation({
    mutationFn: uploadRows,
    onSuccess: onFile,
    onError: ({ message }) => toast.error(t("uploadFailed", { message })),
  });
  const take = (file: File | undefined) => {
    if (file) upload.mutate(file);
  };
  const working = busy || upload.isPending;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button inside does the same.
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
      }}
      className={cn(
        "flex flex-col items-center gap-2 rounded-lg border border-line-strong border-dashed px-6 py-10 text-center",
        over && "border-accent bg-accent-soft",
      )}
    >
      <FileUp className="size-5 text-faint" />
      <p className="flex items-center gap-2 text-sm">
        {t("drop")}
        <Button busy={working} onClick={() => input.current?.click()}>
          {upload.isPending ? t("uploading") : t("chooseFile")}
        </Button>
      </p>
      <p className="text-muted text-xs">{help ?? t("fileHelp")}</p>
      <input
        ref={input}
        type="file"
        accept={accept}
        className="hidden"
        aria-label={t("chooseFile")}
        onChange={(event) => {
          take(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </div>
  );
}
