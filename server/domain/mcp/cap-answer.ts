import { mcpLimits } from "@/runtime/capability/mcp/contract";

const lineEnds: ReadonlySet<number> = new Set([10, 13]);
const lineEndsIn = (chunk: Uint8Array): number => chunk.reduce((all, byte) => all + (lineEnds.has(byte) ? 1 : 0), 0);

/**
 * An answer whose body ends in an error once it is larger than one may be, counted as it is read: after it was unpacked. Of a stream of events lines are counted,
 * too, for each small event costs as much time as a large one. `exceeded` gives that error for what is more; the rest is not fetched.
 */
export const capAnswer = (response: Response, exceeded: (more: string) => Error): Response => {
  if (response.body === null) return response;
  const isEvents = /^text\/event-stream\b/i.test(response.headers.get("content-type") ?? "");
  let bytes = 0;
  let lines = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      bytes += chunk.byteLength;
      if (isEvents) lines += lineEndsIn(chunk);
      if (bytes > mcpLimits.answer) controller.error(exceeded(`${mcpLimits.answer.toLocaleString("en")} bytes`));
      else if (lines > mcpLimits.lines) controller.error(exceeded(`${mcpLimits.lines.toLocaleString("en")} lines`));
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(counted), { status, statusText, headers: [...headers] });
};
