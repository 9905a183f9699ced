import { useEffect, useState } from "react";

/** The length of a run that still goes on: to its last event, and on by this computer's own clock from there. */
export const useLiveDuration = (known: number, live: boolean): number => {
  const [since, setSince] = useState(0);
  useEffect(() => {
    setSince(0);
    if (!live) return;
    const from = performance.now();
    const timer = setInterval(() => setSince(performance.now() - from), 100);
    return () => clearInterval(timer);
  }, [known, live]);
  return known + (live ? since : 0);
};
