"use client";

import { useEffect, useRef } from "react";
import { isTyping } from "./is-typing";

export type PageKeys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** Single keys of a page, e.g. `n` for a new one. They rest while somebody types, and while a dialog or menu is open. */
export const usePageKeys = (keys: PageKeys): void => {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const act = Object.hasOwn(current.current, event.key) ? current.current[event.key] : undefined;
      if (!act || document.querySelector("[role=dialog],[role=alertdialog],[role=menu],[role=listbox]")) return;
      event.preventDefault();
      act(event);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
};
