import type { ComponentProps } from "react";

/** The product's sign: two steps and the wire between them. */
export function Mark(props: ComponentProps<"svg">) {
  return (
    <svg viewBox="0 0 20 20" fill="none" aria-hidden="true" {...props}>
      <rect width="20" height="20" rx="5" fill="var(--accent)" />
      <rect x="3.5" y="4.5" width="5.5" height="4.5" rx="1.25" fill="var(--accent-fg)" />
      <rect x="11" y="11" width="5.5" height="4.5" rx="1.25" fill="var(--accent-fg)" />
      <path d="M9 6.75h1.75A2.25 2.25 0 0 1 13 9v2" stroke="var(--accent-fg)" strokeWidth="1.25" />
    </svg>
  );
}
