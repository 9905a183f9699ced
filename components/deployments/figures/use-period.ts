"use client";

import { useEffect, useState } from "react";
import { type Period, periodOf, type Range } from "./period";

const everyMs = 60_000;

/** The period that ends now; it goes on with the clock, and is the same object as long as it is the same. */
export const usePeriod = (range: Range): Period => {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs);
    return () => clearInterval(timer);
  }, []);
  return periodOf(range, now);
};
