import Markdown from "react-markdown";
import rehypeSanitize from "rehype-sanitize";
import "./markdown.css";

/** A text read as markdown; pictures in it are not fetched. */
export default function MarkdownText({ text }: { readonly text: string }) {
  return (
    <div className="run-markdown break-words text-sm">
      <Markdown rehypePlugins={[rehypeSanitize]} disallowedElements={["img"]} unwrapDisallowed>
        {text}
      </Markdown>
    </div>
  );
}
