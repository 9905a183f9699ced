import { useEffect, useState } from "react";

/** The length of a run that still goes on: to its last event, and on by this computer's own clock from there. */
export const useLiveDuration = (known: number, live: boolean): number => {
  const [clock, setClock] = useState({ known, since: 0 });
  useEffect(() => {
    if (!live) return;
    const from = performance.now();
    const timer = setInterval(() => setClock({ known, since: performance.now() - from }), 100);
    return () => clearInterval(timer);
  }, [known, live]);
  return known + (live && clock.known === known ? clock.since : 0);
};
