"use client";

import { useCallback, useEffect, useRef, useState } from "react";

/** A recording ends by itself after so long. */
const longestMs = 10 * 60_000;

const formats = [
  { type: "audio/webm;codecs=opus", extension: "webm" },
  { type: "audio/mp4", extension: "m4a" },
  { type: "audio/ogg;codecs=opus", extension: "ogg" },
] as const;

const usableFormat = () =>
  typeof MediaRecorder === "undefined" ? undefined : formats.find(({ type }) => MediaRecorder.isTypeSupported(type));

export type RecorderState = "idle" | "recording" | "refused";

/** Records speech with the microphone and hands it over as a file. */
export const useRecorder = (onRecorded: (file: File) => void) => {
  const [state, setState] = useState<RecorderState>("idle");
  const [seconds, setSeconds] = useState(0);
  const recorder = useRef<MediaRecorder | null>(null);

  const release = useCallback(() => {
    for (const track of recorder.current?.stream.getTracks() ?? []) track.stop();
    recorder.current = null;
  }, []);
  useEffect(() => release, [release]);
  useEffect(() => {
    if (state !== "recording") return;
    const begun = performance.now();
    const timer = setInterval(() => {
      const passed = performance.now() - begun;
      setSeconds(Math.floor(passed / 1000));
      if (passed > longestMs) recorder.current?.stop();
    }, 250);
    return () => clearInterval(timer);
  }, [state]);

  const start = useCallback(async () => {
    const format = usableFormat();
    if (format === undefined) {
      setState("refused");
      return;
    }
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const made = new MediaRecorder(stream, { mimeType: format.type });
      const parts: Blob[] = [];
      made.ondataavailable = ({ data }) => parts.push(data);
      made.onstop = () => {
        release();
        setState("idle");
        const name = `recording-${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.${format.extension}`;
        onRecorded(new File(parts, name, { type: format.type.split(";")[0] ?? "" }));
      };
      recorder.current = made;
      setSeconds(0);
      made.start();
      setState("recording");
    } catch {
      setState("refused");
    }
  }, [onRecorded, release]);
  const stop = useCallback(() => recorder.current?.stop(), []);
  return { state, seconds, start, stop };
};
