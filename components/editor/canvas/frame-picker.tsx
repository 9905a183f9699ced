import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronDown, ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useRef, useState } from "react";
import { glanceText, shorten } from "@/components/run/value-text";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { StatusGlyph } from "@/components/ui/status-glyph";
import type { Container } from "@/runtime/node/define-node";
import { frameSegment } from "@/runtime/run/frame-path";
import type { NodeState } from "@/runtime/run/reduce";
import { useRun } from "../workbench";
import { framesOf, type ShownFrame } from "./frames-of";

const rowHeight = 28;

export interface FramePickerProps {
  /** Key of the container's state. */
  readonly container: string;
  /** Segment of the frame that is shown. */
  readonly shown: string;
  readonly runs: Container["runs"] | null;
  readonly onChoose: (segment: string) => void;
}

const glyphs = {
  running: "running",
  waiting: "paused",
  success: "ok",
  failure: "error",
  skipped: "skipped",
} as const satisfies Record<NodeState["status"], unknown>;

/** Which item or round of the last run is shown, and on a click all of them; nothing where there was no run, or there is only one. */
export function FramePicker({ container, shown, runs, onChoose }: FramePickerProps) {
  const t = useTranslations("editor.container");
  const frames = useRun(({ current }) => current?.state.nodes.get(container)?.frames ?? null);
  const status = useRun(
    ({ current }) => current?.state.nodes.get([...container.split("/").slice(0, -1), shown].join("/"))?.status,
  );
  const [open, setOpen] = useState(false);
  const index = frameSegment(shown)?.index ?? 0;
  if (frames === null || frames.latest === null || runs === "once") return null;
  const total = Math.max(frames.total ?? 0, index + 1);
  const step = (by: number) => onChoose(`${frameSegment(shown)?.container}#${index + by}`);
  return (
    <span className="flex items-center">
      <IconButton size="sm" label={t("former")} disabled={index === 0} onClick={() => step(-1)}>
        <ChevronLeft />
      </IconButton>
      <Popover open={open} onOpenChange={setOpen}>
        <PopoverTrigger asChild>
          <button
            type="button"
            className="tabular flex h-6 items-center gap-1.5 rounded-sm px-1.5 text-xs hover:bg-hover"
            data-testid="frame-picker"
          >
            <StatusGlyph status={status === undefined ? "waiting" : glyphs[status]} />
            {runs === "sequence" ? t("round", { number: index + 1, total }) : t("item", { number: index + 1, total })}
            <ChevronDown className="size-3 text-faint" />
          </button>
        </PopoverTrigger>
        <PopoverContent align="start" className="w-96 p-0">
          <FrameList
            container={container}
            shown={shown}
            onChoose={(segment) => {
              onChoose(segment);
              setOpen(false);
            }}
          />
        </PopoverContent>
      </Popover>
      <IconButton size="sm" label={t("next")} disabled={index + 1 >= total} onClick={() => step(1)}>
        <ChevronRight />
      </IconButton>
    </span>
  );
}

function FrameList({ container, shown, onChoose }: Omit<FramePickerProps, "runs">) {
  const t = useTranslations("editor.container");
  const run = useRun(({ current }) => current?.state);
  const frames = useMemo(() => framesOf(run, container), [run, container]);
  const [failedOnly, setFailedOnly] = useState(false);
  const rows = failedOnly ? frames.filter(({ state }) => state.status === "failure") : frames;
  const failed = frames.filter(({ state }) => state.status === "failure").length;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialOffset: Math.max(0, rows.findIndex(({ segment }) => segment === shown) - 3) * rowHeight,
  });
  return (
    <div className="flex flex-col">
      {failed > 0 ? (
        <label className="flex h-8 items-center gap-2 border-line border-b px-3 text-xs">
          <input type="checkbox" checked={failedOnly} onChange={(event) => setFailedOnly(event.target.checked)} />
          {t("failedOnly", { failed })}
        </label>
      ) : null}
      <div ref={scroller} className="max-h-72 overflow-y-auto">
        <ul className="relative" style={{ height: virtual.getTotalSize() }} aria-label={t("all")}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const frame = rows[index] as ShownFrame;
            return (
              <li key={frame.segment} className="absolute inset-x-0" style={{ top: start, height: rowHeight }}>
                <button
                  type="button"
                  className={cn(
                    "flex h-full w-full items-center gap-2 px-3 text-left text-xs hover:bg-hover",
                    frame.segment === shown && "bg-active hover:bg-active",
                  )}
                  onClick={() => onChoose(frame.segment)}
                >
                  <StatusGlyph status={glyphs[frame.state.status]} />
                  <span className="tabular w-10 shrink-0 text-muted">{frame.index + 1}</span>
                  <span className="min-w-0 truncate">
                    {frame.state.error?.message ?? shorten(glanceText(firstOf(frame.state.inputs)), 120)}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}

/** What an item is told by: the first of what it was given. */
const firstOf = (inputs: NodeState["inputs"]): unknown => Object.values(inputs ?? {})[0] ?? "";
