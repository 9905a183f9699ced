"use client";

import { Pause, Play, SkipBack, SkipForward } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { StepLook } from "@/components/trace/trace-waterfall";
import { formatDuration } from "@/components/ui/format";
import { IconButton } from "@/components/ui/icon-button";
import { Slider } from "@/components/ui/slider";
import { isLocale } from "@/i18n/locale";
import type { RunEvent } from "@/runtime/run/events";
import { statusOfEnd } from "@/runtime/run/reduce";
import { replayDelay } from "./replay-delay";

interface ReplayBarProps {
  readonly events: readonly RunEvent[];
  /** How many events are shown, 1 to all. */
  readonly shown: number;
  readonly onShown: (shown: number) => void;
  readonly lookOf: (node: string) => StepLook;
}

/** Goes through a finished run event by event, by hand or at its own pace. */
export function ReplayBar({ events, shown, onShown, lookOf }: ReplayBarProps) {
  const t = useTranslations("runs.replay");
  const current = useLocale();
  const [playing, setPlaying] = useState(false);
  const all = events.length;
  const now = events[shown - 1];
  const next = events[shown];

  useEffect(() => {
    if (!playing) return;
    if (!now || !next) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => onShown(shown + 1), replayDelay(now, next));
    return () => clearTimeout(timer);
  }, [playing, now, next, shown, onShown]);

  const play = () => {
    if (shown >= all) onShown(1);
    setPlaying((before) => !before);
  };
  const goTo = (place: number) => {
    setPlaying(false);
    onShown(Math.min(all, Math.max(1, place)));
  };
  const began = events[0];
  const passed = began && now ? Date.parse(now.at) - Date.parse(began.at) : 0;
  return (
    <div className="flex h-11 shrink-0 items-center gap-3 border-line border-t px-4">
      <div className="flex items-center gap-0.5">
        <IconButton label={t("back")} side="top" disabled={shown <= 1} onClick={() => goTo(shown - 1)}>
          <SkipBack />
        </IconButton>
        <IconButton label={t(playing ? "pause" : "play")} side="top" onClick={play}>
          {playing ? <Pause /> : <Play />}
        </IconButton>
        <IconButton label={t("forward")} side="top" disabled={shown >= all} onClick={() => goTo(shown + 1)}>
          <SkipForward />
        </IconButton>
      </div>
      <Slider
        label={t("place")}
        min={1}
        max={all}
        step={1}
        value={[shown]}
        onValueChange={([place]) => goTo(place ?? all)}
      />
      <p className="tabular w-80 shrink-0 truncate text-right text-muted text-xs">
        {now ? sentenceOf(now) : null}
        <span className="ml-2 text-faint">
          {`${formatDuration(passed, isLocale(current) ? current : "en")} · ${t("of", { shown, all })}`}
        </span>
      </p>
    </div>
  );

  function sentenceOf(event: RunEvent): string {
    switch (event.type) {
      case "run-start":
        return t("event.run-start");
      case "run-end":
        return t(`event.run-end.${statusOfEnd(event)}`);
      case "node-start":
      case "node-delta":
      case "node-thinking":
      case "node-retract":
      case "model-call":
      case "node-retry":
      case "log":
        return t(`event.${event.type}`, { title: titleOf(event.path) });
      case "node-end":
        return t(`event.node-end.${event.outcome}`, { title: titleOf(event.path) });
      default:
        return event satisfies never;
    }
  }

  function titleOf(path: readonly string[]): string {
    return lookOf(path.at(-1) ?? "").title;
  }
}
