"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { useShell } from "./shell-context";

const load = () => import("./command-palette");
const CommandPalette = lazy(() => load().then((module) => ({ default: module.CommandPalette })));

/** The command palette, fetched once the page has nothing else to do, or when it is first asked for: no page needs it to be shown. */
export function LaterCommandPalette() {
  const { paletteOpen } = useShell();
  const [asked, setAsked] = useState(false);
  if (paletteOpen && !asked) setAsked(true);
  useEffect(() => {
    // Safari has no idle callback.
    if (typeof requestIdleCallback === "undefined") return;
    const waiting = requestIdleCallback(() => void load());
    return () => cancelIdleCallback(waiting);
  }, []);
  if (!asked) return null;
  return (
    <Suspense>
      <CommandPalette />
    </Suspense>
  );
}
