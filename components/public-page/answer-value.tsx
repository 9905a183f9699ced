"use client";

import Markdown from "react-markdown";
import rehypeSanitize from "rehype-sanitize";
import "@/components/run/markdown.css";
import { valueText } from "@/components/run/value-text";

/** Opens beside the page, which may stand in a frame, and tells the other site nothing of it. */
const components = {
  a: ({ href, children }: { readonly href?: string; readonly children?: React.ReactNode }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" className="text-accent-text underline">
      {children}
    </a>
  ),
};

/** What was answered: text as Markdown, in which no HTML, picture or script of its writer counts; anything else as JSON. */
export function AnswerValue({ value }: { readonly value: unknown }) {
  if (typeof value !== "string")
    return <pre className="overflow-x-auto whitespace-pre-wrap break-words font-mono text-xs">{valueText(value)}</pre>;
  return (
    <div className="run-markdown break-words">
      <Markdown rehypePlugins={[rehypeSanitize]} disallowedElements={["img"]} unwrapDisallowed components={components}>
        {value}
      </Markdown>
    </div>
  );
}
