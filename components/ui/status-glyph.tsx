"use client";

import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleMinus,
  CirclePause,
  CircleSlash,
  CircleStop,
  LoaderCircle,
  TriangleAlert,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { RunStatus } from "@/runtime/run/reduce";
import { cn } from "./cn";

/** `empty` ended without a result; `aborted` was stopped by somebody; `skipped` had nothing to do; `waiting` has not begun; `paused` waits for a person. */
export type Status = "waiting" | "running" | "paused" | "ok" | "empty" | "warn" | "error" | "skipped" | "aborted";

const glyphs = {
  waiting: { icon: CircleDashed, color: "text-faint" },
  running: { icon: LoaderCircle, color: "text-running" },
  paused: { icon: CirclePause, color: "text-warn" },
  ok: { icon: CircleCheck, color: "text-ok" },
  empty: { icon: CircleMinus, color: "text-warn" },
  warn: { icon: TriangleAlert, color: "text-warn" },
  error: { icon: CircleAlert, color: "text-error" },
  skipped: { icon: CircleSlash, color: "text-skipped" },
  aborted: { icon: CircleStop, color: "text-skipped" },
} as const satisfies Record<Status, unknown>;

/** A run's stored status as a status of the interface. */
export const runStatus = {
  running: "running",
  paused: "paused",
  success: "ok",
  empty: "empty",
  failure: "error",
  aborted: "aborted",
} as const satisfies Record<RunStatus, Status>;

export interface StatusGlyphProps {
  readonly status: Status;
  /** Show the word beside the glyph; otherwise it is read out only. */
  readonly word?: boolean;
  /** Another word than the status's own. */
  readonly label?: string;
  readonly className?: string;
}

/** A status by shape, colour and word: never by colour alone. */
export function StatusGlyph({ status, word = false, label, className }: StatusGlyphProps) {
  const t = useTranslations("ui");
  const { icon: Icon, color } = glyphs[status];
  const text = label ?? t(`status.${status}`);
  return (
    <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap", color, className)}>
      <Icon
        aria-hidden="true"
        className={cn("size-3.5 shrink-0", status === "running" && "animate-spin motion-reduce:animate-none")}
      />
      <span className={word ? undefined : "sr-only"}>{text}</span>
    </span>
  );
}
