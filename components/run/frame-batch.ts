/**
 * Collects what arrives and hands it on at most once a frame, in order: a model that sends a hundred tokens a second draws
 * the screen sixty times at most. `flush` hands on at once.
 */
export interface FrameBatch<Item> {
  push(item: Item): void;
  flush(): void;
  stop(): void;
}

export const createFrameBatch = <Item>(
  deliver: (items: readonly Item[]) => void,
  requestFrame: (callback: () => void) => () => void,
): FrameBatch<Item> => {
  let waiting: Item[] = [];
  let cancel: (() => void) | null = null;
  const flush = () => {
    cancel?.();
    cancel = null;
    if (waiting.length === 0) return;
    const items = waiting;
    waiting = [];
    deliver(items);
  };
  return {
    push: (item) => {
      waiting.push(item);
      cancel ??= requestFrame(() => {
        cancel = null;
        flush();
      });
    },
    flush,
    stop: () => {
      cancel?.();
      cancel = null;
      waiting = [];
    },
  };
};

/** A frame of the page, or a twentieth of a second where the page is hidden and gives no frames. */
export const nextFrame = (callback: () => void): (() => void) => {
  if (document.visibilityState === "hidden") {
    const timer = setTimeout(callback, 50);
    return () => clearTimeout(timer);
  }
  const frame = requestAnimationFrame(callback);
  return () => cancelAnimationFrame(frame);
};
