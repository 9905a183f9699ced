"use client";

import { type ComponentType, useEffect, useState } from "react";
import type { CodeSurfaceProps } from "./code-surface";

let loaded: ComponentType<CodeSurfaceProps> | null = null;

/** A text field with highlighting, completion and checks. While the editor loads, the same text stands in its place. */
export function CodeEditor(props: CodeSurfaceProps) {
  const [Surface, setSurface] = useState<ComponentType<CodeSurfaceProps> | null>(() => loaded);
  useEffect(() => {
    if (loaded) return;
    let gone = false;
    import("./code-surface").then((module) => {
      loaded = module.default;
      if (!gone) setSurface(() => module.default);
    });
    return () => {
      gone = true;
    };
  }, []);
  return (
    <div
      className={props.height ? "relative w-full" : "relative h-full w-full"}
      style={{ minHeight: props.height?.min }}
    >
      {Surface ? (
        <Surface {...props} />
      ) : (
        <div
          className="overflow-hidden whitespace-pre-wrap py-2 font-mono text-[12px] leading-[18px]"
          style={{ maxHeight: props.height?.max }}
        >
          {props.value || <span className="opacity-50">{props.placeholder}</span>}
        </div>
      )}
    </div>
  );
}
