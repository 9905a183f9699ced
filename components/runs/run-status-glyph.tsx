"use client";

import { useTranslations } from "next-intl";
import { runStatus, StatusGlyph } from "@/components/ui/status-glyph";
import type { ReplyOutcome } from "@/runtime/node/reply/reply-outcome";

interface RunStatusGlyphProps {
  readonly status: keyof typeof runStatus;
  /** The worst of the replies that its steps went on with. */
  readonly reply: ReplyOutcome | null;
  readonly className?: string;
}

/** How a run went; one that went well with a reply that is not whole is a warning that says so. */
export function RunStatusGlyph({ status, reply, className }: RunStatusGlyphProps) {
  const t = useTranslations("run");
  return status === "success" && reply ? (
    <StatusGlyph status="warn" word label={t(`reply.${reply}`)} className={className} />
  ) : (
    <StatusGlyph status={runStatus[status]} word className={className} />
  );
}
