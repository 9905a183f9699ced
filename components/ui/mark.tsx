import type { ComponentProps } from "react";

/** The product's sign: two steps and the wire between them. */
export function Mark(props: ComponentProps<"svg">) {
  return (
    <svg viewBox="0 0 20 20" fill="none" aria-hidden="true" {...props}>
      <rect x="1.5" y="2.5" width="7" height="6" rx="1.75" fill="var(--accent)" />
      <rect x="11.5" y="11.5" width="7" height="6" rx="1.75" fill="var(--fg)" />
      <path d="M8.5 5.5h1.75a2.5 2.5 0 0 1 2.5 2.5v3.5" stroke="var(--fg)" strokeWidth="1.5" strokeLinecap="round" />
      <path
        d="M11.5 14.5H9.75a2.5 2.5 0 0 1-2.5-2.5V8.5"
        stroke="var(--line-strong)"
        strokeWidth="1.5"
        strokeLinecap="round"
      />
    </svg>
  );
}
