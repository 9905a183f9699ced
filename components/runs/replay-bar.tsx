"use client";

import { Pause, Play, SkipBack, SkipForward } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { StepLook } from "@/components/trace/trace-waterfall";
import { IconButton } from "@/components/ui/icon-button";
import { Select, SelectItem } from "@/components/ui/select";
import { Slider } from "@/components/ui/slider";
import type { RunEvent } from "@/runtime/run/events";
import { statusOfEnd } from "@/runtime/run/reduce";
import { clockText, type ReplayClock, runTimeAt, shownAt } from "./replay-clock";

interface ReplayBarProps {
  readonly events: readonly RunEvent[];
  readonly clock: ReplayClock;
  /** Milliseconds of the replay that have passed. */
  readonly place: number;
  readonly onPlace: (place: number) => void;
  readonly lookOf: (node: string) => StepLook;
}

const speeds = ["0.25", "0.5", "1", "2", "4", "8"] as const;
type Speed = (typeof speeds)[number];
/** Twenty pictures a second. */
const tickMs = 50;

/** Goes through a finished run by its own clock, faster or slower, or event by event by hand. */
export function ReplayBar({ events, clock, place, onPlace, lookOf }: ReplayBarProps) {
  const t = useTranslations("runs.replay");
  const format = useFormatter();
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>("1");
  const { at, run, length, isShortened } = clock;
  const shown = shownAt(clock, place);
  const now = events[shown - 1];
  const latest = useRef(place);
  useEffect(() => {
    latest.current = place;
  }, [place]);

  useEffect(() => {
    if (!playing) return;
    let before = performance.now();
    const timer = setInterval(() => {
      const moment = performance.now();
      const next = Math.min(length, latest.current + (moment - before) * Number(speed));
      before = moment;
      latest.current = next;
      onPlace(next);
      if (next >= length) setPlaying(false);
    }, tickMs);
    return () => clearInterval(timer);
  }, [playing, speed, length, onPlace]);

  const play = () => {
    if (place >= length) onPlace(0);
    setPlaying((before) => !before);
  };
  const goTo = (next: number) => {
    setPlaying(false);
    onPlace(Math.min(length, Math.max(0, next)));
  };
  const passed = runTimeAt(clock, place);
  const moment = now ? new Date(Date.parse(events[0]?.at ?? now.at) + passed) : null;
  return (
    <div className="flex h-11 shrink-0 items-center gap-3 border-line border-t px-4">
      <div className="flex items-center gap-0.5">
        <IconButton label={t("back")} side="top" disabled={shown <= 1} onClick={() => goTo(at[shown - 2] ?? 0)}>
          <SkipBack />
        </IconButton>
        <IconButton label={t(playing ? "pause" : "play")} side="top" onClick={play}>
          {playing ? <Pause /> : <Play />}
        </IconButton>
        <IconButton
          label={t("forward")}
          side="top"
          disabled={shown >= events.length}
          onClick={() => goTo(at[shown] ?? length)}
        >
          <SkipForward />
        </IconButton>
      </div>
      <Select
        aria-label={t("speed")}
        className="w-18 shrink-0"
        value={speed}
        onValueChange={(next) => setSpeed(next as Speed)}
      >
        {speeds.map((each) => (
          <SelectItem key={each} value={each}>
            {t("times", { speed: each })}
          </SelectItem>
        ))}
      </Select>
      <Slider
        label={t("place")}
        min={0}
        max={length}
        step={Math.max(1, Math.round(length / 200))}
        value={[place]}
        onValueChange={([next]) => goTo(next ?? length)}
      />
      <span
        className="tabular shrink-0 text-fg text-xs"
        data-testid="replay-clock"
        title={[
          moment === null ? "" : format.dateTime(moment, { dateStyle: "medium", timeStyle: "medium" }),
          isShortened ? t("shortened") : "",
        ]
          .filter((part) => part !== "")
          .join("\n")}
      >
        {clockText(passed)}
        <span className="text-faint">{` / ${clockText(run.at(-1) ?? 0)}`}</span>
      </span>
      <p className="tabular w-64 shrink-0 truncate text-right text-muted text-xs">
        {now ? sentenceOf(now) : null}
        <span className="ml-2 text-faint">{t("of", { shown, all: events.length })}</span>
      </p>
    </div>
  );

  function sentenceOf(event: RunEvent): string {
    switch (event.type) {
      case "run-start":
      case "run-paused":
      case "run-resumed":
        return t(`event.${event.type}`);
      case "run-end": {
        const [first] = events;
        return t(`event.run-end.${statusOfEnd(event, (first?.type === "run-start" && first.part) || null)}`);
      }
      case "node-start":
      case "node-frames":
      case "node-delta":
      case "node-thinking":
      case "node-retract":
      case "model-call":
      case "node-retry":
      case "node-paused":
      case "node-recorded":
      case "cache-lookup":
      case "tool-call":
      case "tool-result":
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
