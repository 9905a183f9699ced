import { nextOf } from "@/runtime/testing/next-of";
import type { ProvidedWeb, WebReply, WebRequest, WebScript } from "./contract";

/** A web that follows a script. */
export class ScriptedWeb implements ProvidedWeb {
  readonly requests: WebRequest[] = [];

  constructor(private readonly script: WebScript) {}

  async request(request: WebRequest, signal: AbortSignal): Promise<WebReply> {
    signal.throwIfAborted();
    const reply = nextOf(this.script.webReplies, this.requests.push(request), "web reply");
    const plain = { status: 200, headers: {}, mediaType: "application/json", text: null, file: null, tries: 1 };
    return { ...plain, url: request.url, ...reply };
  }

  /** How many scripted replies were not asked for. */
  get left(): number {
    return (this.script.webReplies?.length ?? 0) - this.requests.length;
  }
}
