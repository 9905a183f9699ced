"use client";

import type { Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useRef } from "react";
import type { Place } from "./document-text";

/** Frames that the way to a place may take: text has to come, and pieces above find their true height. */
const mostFrames = 240;
/** Frames that the place must have stood still. */
const settledFrames = 6;

export interface GoTo {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly virtual: Virtualizer<HTMLDivElement, Element>;
  readonly place: Place | null;
  /** The piece that most likely holds the place. */
  readonly index: number;
}

/** Brings a place of the text into sight. Gives up as soon as the person scrolls. */
export const useGoTo = ({ scroller, virtual, place, index }: GoTo): void => {
  const current = useRef({ virtual, index });
  useEffect(() => {
    current.current = { virtual, index };
  });
  useEffect(() => {
    const element = scroller.current;
    if (!place || !element) return;
    const { virtual: list, index: piece } = current.current;
    list.scrollToIndex(piece, { align: "start" });
    let frames = 0;
    let still = 0;
    let frame = 0;
    const stop = () => {
      cancelAnimationFrame(frame);
      element.removeEventListener("wheel", stop);
      element.removeEventListener("touchmove", stop);
      element.removeEventListener("keydown", stop);
    };
    const step = () => {
      const target = findPlace(element, place);
      if (target) {
        const wanted = place.kind === "passage" ? element.clientHeight * 0.25 : 12;
        const away = target.getBoundingClientRect().top - element.getBoundingClientRect().top - wanted;
        const before = element.scrollTop;
        if (Math.abs(away) > 1) element.scrollTop += away;
        still = Math.abs(element.scrollTop - before) > 1 ? 0 : still + 1;
      }
      frames += 1;
      if (frames > mostFrames || still > settledFrames) stop();
      else frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    for (const event of ["wheel", "touchmove", "keydown"]) element.addEventListener(event, stop, { passive: true });
    return stop;
  }, [place, scroller]);
};

/** The drawn element that shows a place, if it is drawn. */
const findPlace = (scroller: HTMLElement, { start, kind }: Place): Element | null => {
  const cited = kind === "passage" ? scroller.querySelector("[data-cited]") : null;
  if (cited) return cited;
  const lines = [...scroller.querySelectorAll<HTMLElement>("[data-at]")].map((element) => ({
    element,
    at: Number(element.dataset.at),
  }));
  // Only where a line before and one behind are drawn is it certain that the one between holds it.
  const sorted = lines.sort((left, right) => left.at - right.at);
  const last = sorted.findLast(({ at }) => at <= start);
  // A page's border and its first line are at the same place: the border comes first.
  const found = sorted.find(({ at }) => at === last?.at);
  const isCertain = found !== undefined && (found.at === start || sorted.some(({ at }) => at > start));
  return isCertain && kind === "heading" ? found.element : null;
};
