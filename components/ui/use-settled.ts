"use client";

import { type RefObject, useEffect, useState } from "react";

const settledAfterMs = 80;

/**
 * False until the element has kept a size other than nothing for a moment. For content that fits itself to its place once,
 * when it appears: resizable panels find their sizes in several steps.
 */
export const useSettled = (place: RefObject<HTMLElement | null>): boolean => {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (!element || settled) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new ResizeObserver(() => {
      clearTimeout(timer);
      if (element.clientWidth > 0 && element.clientHeight > 0)
        timer = setTimeout(() => setSettled(true), settledAfterMs);
    });
    observer.observe(element);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [place, settled]);
  return settled;
};
