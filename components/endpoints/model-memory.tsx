import { useTranslations } from "next-intl";
import { formatSize } from "@/components/run/file-value";
import { StatusGlyph } from "@/components/ui/status-glyph";
import type { ModelMemory as Memory } from "./memory-of";

const glyphs = { loaded: "ok", loading: "running", unloaded: "skipped", failed: "error", missing: "warn" } as const;

/** Whether a shipped model is in memory, and what it takes there. */
export function ModelMemory({ memory: { state, bytes } }: { readonly memory: Memory }) {
  const t = useTranslations("endpoints.embedded");
  return (
    <span className="flex items-center justify-end gap-2" data-testid="model-memory">
      {state === "loaded" && bytes > 0 ? <span className="text-fg">{formatSize(bytes)}</span> : null}
      <StatusGlyph status={glyphs[state]} word label={t(`state.${state}`)} />
    </span>
  );
}
