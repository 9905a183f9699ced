"use client";

import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { type CutText, cutTextAt, cutTextIn } from "./cut-text";

/** How long the pointer rests before a text is shown whole. */
const restMs = 400;
/** Pixels between it and the text, and between it and the window's edge. */
const gap = 6;

/**
 * Shows whole, on hover and focus, whatever a list or a header had to cut short: names may be long anywhere. Beside the text, never over it. For eyes only: a screen reader
 * reads what is cut as a whole already.
 */
export function FullText() {
  const [shown, setShown] = useState<CutText | null>(null);
  const tip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current: CutText | null = null;
    const show = (next: CutText | null) => {
      clearTimeout(timer);
      current = next;
      setShown(next);
    };
    const hide = () => show(null);
    const onPointerMove = ({ clientX: x, clientY: y, pointerType, buttons }: PointerEvent) => {
      const { box } = current ?? {};
      // Within the text that is shown it stays.
      if (box && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) return;
      hide();
      if (pointerType === "mouse" && buttons === 0) timer = setTimeout(() => show(cutTextAt(x, y)), restMs);
    };
    const onFocusIn = ({ target }: FocusEvent) => {
      if (target instanceof Element && target.matches(":focus-visible")) show(cutTextIn(target));
    };
    const listeners = [
      ["pointermove", onPointerMove],
      ["pointerdown", hide],
      ["focusin", onFocusIn],
      ["focusout", hide],
      ["keydown", (event: KeyboardEvent) => (event.key === "Escape" ? hide() : undefined)],
      ["scroll", hide],
    ] as const;
    for (const [type, listener] of listeners) document.addEventListener(type, listener as EventListener, true);
    document.addEventListener("pointerleave", hide);
    return () => {
      clearTimeout(timer);
      for (const [type, listener] of listeners) document.removeEventListener(type, listener as EventListener, true);
      document.removeEventListener("pointerleave", hide);
    };
  }, []);
  useLayoutEffect(() => {
    const own = tip.current;
    if (own === null || shown === null) return;
    const { box } = shown;
    const { width, height } = own.getBoundingClientRect();
    const below = box.bottom + gap;
    const top = below + height <= window.innerHeight - gap ? below : Math.max(gap, box.top - gap - height);
    own.style.top = `${top}px`;
    own.style.left = `${Math.max(gap, Math.min(box.left, window.innerWidth - gap - width))}px`;
    own.style.visibility = "visible";
  }, [shown]);
  if (shown === null) return null;
  return (
    <div
      ref={tip}
      aria-hidden="true"
      data-testid="full-text"
      className="pointer-events-none invisible fixed z-60 max-w-md break-words rounded-md bg-raised px-2 py-1 text-fg text-xs shadow-pop"
    >
      {shown.text}
    </div>
  );
}
