/** Messages of progress that a client may leave unread; of those beyond it is not told. */
export const mostUnread = 64;

/** How many messages of progress a client has not taken yet. One that stops reading is told no more of them, so that they do not gather. */
export class Unread {
  #told = 0;
  #taken = 0;

  tell(send: () => void): void {
    if (this.#told - this.#taken >= mostUnread) return;
    this.#told += 1;
    send();
  }

  /** The same stream, read no faster than it is taken. */
  count(stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const reader = stream.getReader();
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const part = await reader.read();
          if (part.done) return controller.close();
          this.#taken += 1;
          controller.enqueue(part.value);
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    );
  }
}
