"use client";

import { Camera, Mic, Square, Upload, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ClipboardEvent, type DragEvent, useCallback, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { FormFieldControl } from "@/components/ui/form-field";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { FileKind, InputField } from "@/runtime/node/define-node";
import type { FileReference } from "@/runtime/node/file-reference";
import { fileText, formatSize, readFileText } from "./file-value";
import { FileView } from "./file-view";
import { readInputs } from "./run-inputs";
import { sayFault } from "./say-fault";
import { useRecorder } from "./use-recorder";
import { type UploadState, useUpload } from "./use-upload";

export interface FileInputProps {
  readonly field: InputField & { readonly kind: FileKind };
  /** The file's reference as text; empty where there is none. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly control: FormFieldControl;
}

/** Takes a file by choosing, dropping, pasting, the camera or the microphone; it is stored at once and stands in the form by its reference. */
export function FileInput({ field, value, onChange, control }: FileInputProps) {
  const t = useTranslations("file");
  const run = useTranslations("run");
  const file = readFileText(value);
  const [claimed, setClaimed] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const stored = useCallback(
    (next: FileReference, lied: string | null) => {
      setClaimed(lied);
      onChange(fileText(next));
    },
    [onChange],
  );
  const { state, upload, cancel, forget } = useUpload(stored);
  const take = useCallback((chosen: File | undefined) => chosen && void upload(chosen), [upload]);
  const recorder = useRecorder(take);

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  const paste = (event: ClipboardEvent) => {
    const [pasted] = event.clipboardData.files;
    if (!pasted) return;
    event.preventDefault();
    take(pasted);
  };
  const busy = state.phase === "preparing" || state.phase === "uploading";
  const accept = field.accept?.join(",") || undefined;
  // Said at once, and not only when the run is started.
  const fault = value === "" || busy ? undefined : readInputs([field], { [field.name]: value }).faults[field.name];
  const unfit = fault ? sayFault(run, fault) : null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping and pasting are shortcuts; the buttons inside do the same.
    <div
      className={cn(
        "flex min-w-0 flex-col gap-2 rounded-md border border-line-strong border-dashed p-2.5",
        over && "border-accent bg-hover",
        control["aria-invalid"] && "border-error",
      )}
      data-testid={`file-input-${field.name}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      onPaste={paste}
    >
      {file && !busy ? <FileView file={file} compact /> : null}
      {file && claimed && !busy ? (
        <p className="text-warn text-xs">{t("claimed", { claimed, type: file.mediaType })}</p>
      ) : null}
      {unfit && !control["aria-invalid"] ? (
        <p role="alert" className="text-error text-xs">
          {unfit}
        </p>
      ) : null}
      <UnderWay state={state} cancel={cancel} />
      {busy ? null : (
        <div className="flex flex-wrap items-center gap-1.5">
          <Button
            {...control}
            size="sm"
            onClick={() => {
              forget();
              chooser.current?.click();
            }}
          >
            <Upload />
            {t(
              file
                ? "replace"
                : field.kind === "image"
                  ? "chooseImage"
                  : field.kind === "audio"
                    ? "chooseAudio"
                    : "choose",
            )}
          </Button>
          {field.kind === "image" ? <CameraButton take={take} /> : null}
          {field.kind === "audio" ? <RecordButton recorder={recorder} /> : null}
          {file ? (
            <Button
              size="sm"
              variant="ghost"
              onClick={() => {
                setClaimed(null);
                onChange("");
              }}
            >
              <X />
              {t("remove")}
            </Button>
          ) : null}
        </div>
      )}
      {file || busy ? null : (
        <p className="text-faint text-xs">
          {over ? t("dropNow") : t("dropHere")}
          {field.maxBytes === undefined ? null : ` · ${t("most", { size: formatSize(field.maxBytes) })}`}
        </p>
      )}
      {recorder.state === "refused" ? (
        <p role="alert" className="text-error text-xs">
          {t("noMicrophone")}
        </p>
      ) : null}
      <input
        ref={chooser}
        type="file"
        accept={accept}
        hidden
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          take(event.target.files?.[0]);
          // The same file can be chosen again.
          event.target.value = "";
        }}
      />
    </div>
  );
}

function UnderWay({ state, cancel }: { readonly state: UploadState; readonly cancel: () => void }) {
  const t = useTranslations("file");
  switch (state.phase) {
    case "idle":
      return null;
    case "refused":
      return (
        <p role="alert" className="text-error text-xs">
          {state.message}
        </p>
      );
    case "preparing":
      return <p className="text-muted text-xs">{t("preparing")}</p>;
    case "uploading": {
      const label = t("uploading", { name: state.name });
      const percent = Math.round(state.share * 100);
      return (
        <div className="flex min-w-0 flex-col gap-1.5">
          <p className="flex min-w-0 items-center gap-2 text-muted text-xs">
            <span className="truncate">{label}</span>
            <span className="tabular ml-auto shrink-0 text-faint">{t("percent", { percent })}</span>
          </p>
          <ProgressBar label={label} value={percent} most={100} />
          <Button size="sm" variant="ghost" className="self-start" onClick={cancel}>
            <X />
            {t("cancel")}
          </Button>
        </div>
      );
    }
    default:
      return state satisfies never;
  }
}

/** Where there is a camera at hand: phones and tablets open it by themselves. */
function CameraButton({ take }: { readonly take: (file: File | undefined) => void }) {
  const t = useTranslations("file");
  const id = useId();
  return (
    <Button size="sm" asChild className="hidden pointer-coarse:inline-flex">
      <label htmlFor={id}>
        <Camera />
        {t("camera")}
        <input
          id={id}
          type="file"
          accept="image/*"
          capture="environment"
          className="sr-only"
          onChange={(event) => {
            take(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
      </label>
    </Button>
  );
}

function RecordButton({ recorder }: { readonly recorder: ReturnType<typeof useRecorder> }) {
  const t = useTranslations("file");
  if (recorder.state !== "recording")
    return (
      <Button size="sm" onClick={() => void recorder.start()}>
        <Mic />
        {t("record")}
      </Button>
    );
  const { seconds } = recorder;
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return (
    <>
      <Button size="sm" variant="danger" onClick={recorder.stop}>
        <Square />
        {t("stopRecording")}
      </Button>
      <span className="tabular text-muted text-xs">{t("recording", { time })}</span>
    </>
  );
}
